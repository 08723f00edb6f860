"""Where things are and what the environment may change. Every variable is named in the README."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _env(name: str, default: str) -> str:
    return os.environ.get(name) or default


@dataclass(frozen=True)
class Settings:
    """Read once from the environment; pass another to build in a test's own folder."""

    knowledge: Path = ROOT / "knowledge"
    nlu: Path = ROOT / "data" / "nlu"
    var: Path = field(default_factory=lambda: Path(_env("VAR", str(ROOT / "var"))))
    ward: str = field(default_factory=lambda: _env("WARD", "phuong-an-binh-mau"))
    encoder: str = field(default_factory=lambda: _env("ENCODER", ""))
    published: str = field(default_factory=lambda: _env("PUBLISHED", ""))
    host: str = field(default_factory=lambda: _env("HOST", "127.0.0.1"))
    port: int = field(default_factory=lambda: int(_env("PORT", "8000")))
    rasa_port: int = field(default_factory=lambda: int(_env("RASA_PORT", "5005")))
    actions_port: int = field(default_factory=lambda: int(_env("ACTIONS_PORT", "5055")))
    session_secret: str = field(default_factory=lambda: _env("SESSION_SECRET", ""), repr=False)
    database: str = field(default_factory=lambda: _env("DATABASE_URL", ""), repr=False)  # it may hold a password
    origins: str = field(default_factory=lambda: _env("ALLOWED_ORIGINS", ""))  # websites that embed the widget
    public_url: str = field(default_factory=lambda: _env("PUBLIC_URL", ""))  # how citizens reach the gateway
    address_limit: str = field(default_factory=lambda: _env("ADDRESS_LIMIT", "120/minute"))
    session_limit: str = field(default_factory=lambda: _env("SESSION_LIMIT", "30/minute"))
    limits_storage: str = field(default_factory=lambda: _env("REDIS_URL", ""), repr=False)  # it may hold a password
    retention_days: int = field(default_factory=lambda: int(_env("RETENTION_DAYS", "90")))
    metrics_token: str = field(default_factory=lambda: _env("METRICS_TOKEN", ""), repr=False)

    @property
    def published_folder(self) -> Path:
        """Where the versions lie that editors published."""
        return Path(self.published) if self.published else self.var / "published"

    @property
    def index(self) -> Path:
        """The search index, built from the knowledge."""
        return self.var / "index"

    @property
    def database_url(self) -> str:
        """Where what citizens leave behind is kept: a file in `var` unless the environment names another place."""
        return self.database or f"sqlite:///{self.var.resolve() / 'assistant.db'}"

    @property
    def weights(self) -> Path:
        """The packaged encoder, untuned, as a SentenceTransformer folder."""
        return self.var / "encoder" / "packaged"

    @property
    def encoder_folder(self) -> Path:
        """The encoder that answers, ready to run."""
        return self.var / "encoder" / "network"

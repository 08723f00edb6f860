"""Session tokens: a random conversation id, signed, so that nobody can guess or forge another's."""

from __future__ import annotations

import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot.store.trials import new_trial

LIFETIME = 24 * 60 * 60  # seconds for which a conversation goes on
LONGEST_TOKEN = 200  # characters; ours have about seventy


class Sessions:
    """Makes and checks tokens. Without a secret from the environment, tokens end with the process."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret or secrets.token_hex(32), salt="conversation")

    def new(self) -> tuple[str, str]:
        """A new conversation: its token and its id."""
        return self._named(secrets.token_urlsafe(12))

    def new_trial(self) -> tuple[str, str]:
        """The same for a conversation in which somebody of the ward tries the assistant."""
        return self._named(new_trial())

    def _named(self, conversation: str) -> tuple[str, str]:
        return self._serializer.dumps(conversation), conversation

    def open(self, token: str | None) -> tuple[str, str]:
        """Token and id of the conversation; a new one if the token is absent, forged or too old."""
        conversation = self.conversation(token or "", LIFETIME)
        return (str(token), conversation) if conversation else self.new()

    def conversation(self, token: str, lifetime: int | None = None) -> str | None:
        """The conversation of a token, however old unless `lifetime` (seconds) says so; None if it is none of ours."""
        if len(token) > LONGEST_TOKEN:
            return None
        try:
            return str(self._serializer.loads(token, max_age=lifetime))
        except (BadSignature, UnicodeError):
            return None

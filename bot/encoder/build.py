"""The network that answers: the packaged weights with what tuning added, exported once."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from pathlib import Path
from typing import Any

from bot.encoder import adapter
from bot.encoder.encoder import ABOUT, NETWORK, TOKENIZER
from bot.settings import Settings

MAX_TOKENS = 128  # questions and passages of ours are far shorter


def build(settings: Settings) -> None:
    """Write `settings.encoder_folder`: network, tokenizer and what to know of them.

    An encoder named by `ENCODER` is taken as it is: the adapter was learnt for the packaged one.
    """
    from bot.encoder.network import AspectHeads, Network, export

    model = load(settings.encoder or str(settings.weights))
    encoder, heads, aspects = model[0].auto_model, None, []
    if not settings.encoder:
        tensors = adapter.load()
        adapter.merge(encoder, tensors)
        aspects = adapter.aspects()
        heads = AspectHeads(len(aspects), encoder.config.hidden_size)
        heads.load_state_dict({name: tensors[f"heads.{name}"] for name in heads.state_dict()})
    target = settings.encoder_folder
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    model.tokenizer.backend_tokenizer.save(str(partial / TOKENIZER))
    export(Network(encoder, heads), partial / NETWORK)
    about = {
        "max_tokens": MAX_TOKENS,
        "pad": model.tokenizer.pad_token_id,
        "dimension": encoder.config.hidden_size,
        "aspects": aspects,
        "identity": _identity(settings),
    }
    (partial / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)


def _identity(settings: Settings) -> str:
    """Of what it is made: vectors of one encoder are of no use to another."""
    learnt = b"" if settings.encoder else adapter.ADAPTER.read_bytes()
    return hashlib.sha256(settings.encoder.encode() + learnt).hexdigest()


def load(name_or_folder: str | Path) -> Any:
    """A SentenceTransformer, without its chatter."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    logging.getLogger("transformers").setLevel(logging.ERROR)
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    return SentenceTransformer(str(name_or_folder), device="cpu")

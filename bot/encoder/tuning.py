"""Teaching the encoder our people's words: questions that mean the same procedure are drawn together.

Supervised contrastive learning (Khosla et al. 2020) of low-rank changes to every linear layer. All texts lie in a
memory bank, renewed as they pass, so that a batch of questions is held against every other text at once, near twins
included, at the price of encoding the questions alone. The aspects are learnt beside it from the same pass.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from bot.encoder import adapter
from bot.encoder.encoder import PROMPT
from bot.encoder.network import AspectHeads, Network

BATCH, EPOCHS = 48, 2
LEARNING_RATE, HEADS_FASTER, WARM_UP = 5e-4, 4.0, 30
TEMPERATURE = 0.03
MOST_TOKENS = 96
# How much of a text's place in the bank its newest vector takes.
RENEWAL = 0.7
# How often a text is learnt in another form of it (without diacritics, with slips), where it has one.
OTHERWISE = 0.3


@dataclass(frozen=True)
class Lesson:
    """One text, other forms of it as people type, what it means (equal numbers mean the same), and the aspects asked.

    `meaning` is None where the text names nothing, `aspects` where nobody has said what it asks. Only what `is_spoken`
    is learnt from; the rest, written to be read, is there to be found.
    """

    text: str
    forms: tuple[str, ...]
    meaning: int | None
    aspects: frozenset[str] | None
    is_spoken: bool


def tune(
    model: Any, lessons: Sequence[Lesson], aspects: Sequence[str], say: Callable[[str], None], *, seed: int = 0
) -> dict[str, torch.Tensor]:
    """Learn on a SentenceTransformer (of BERT's shape), a quarter of an hour; returns the tensors of the adapter."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    encoder, tokenizer = model[0].auto_model, model.tokenizer
    bank = torch.from_numpy(_vectors(model, [lesson.text for lesson in lessons]))
    changed = adapter.attach(encoder)
    heads = AspectHeads(len(aspects), encoder.config.hidden_size)
    network = Network(encoder, heads)
    optimizer = torch.optim.AdamW(
        [{"params": changed, "faster": 1.0}, {"params": list(heads.parameters()), "faster": HEADS_FASTER}],
        weight_decay=0.01,
    )
    meanings = _meanings(lessons)
    wanted, known = _aspects(lessons, aspects)
    batches = [batch for _ in range(EPOCHS) for batch in _batches(lessons, dice)]
    began = time.monotonic()
    for step, batch in enumerate(batches):
        rate = LEARNING_RATE * min(1.0, step / WARM_UP) * max(0.02, (1 + math.cos(math.pi * step / len(batches))) / 2)
        for group in optimizer.param_groups:
            group["lr"] = rate * group["faster"]
        tokens = tokenizer(
            [PROMPT + _form(lessons[number], dice) for number in batch],
            return_tensors="pt",
            padding=True,
            truncation=True,
            max_length=MOST_TOKENS,
        )
        vectors, odds, _ = network(tokens["input_ids"], tokens["attention_mask"])
        numbers = torch.tensor(batch)
        contrast = _contrast(vectors, bank, meanings, numbers)
        labelled = known[numbers]
        loss_of_aspects = nn.functional.binary_cross_entropy_with_logits(
            odds[labelled], wanted[numbers][labelled], reduction="sum"
        ) / max(1, int(labelled.sum()))
        optimizer.zero_grad()
        (contrast + loss_of_aspects).backward()
        nn.utils.clip_grad_norm_([*changed, *heads.parameters()], 1.0)
        optimizer.step()
        with torch.no_grad():
            bank[numbers] = nn.functional.normalize((1 - RENEWAL) * bank[numbers] + RENEWAL * vectors.detach(), dim=1)
        if step % 50 == 49:
            say(
                f"step {step + 1} of {len(batches)}: contrast {contrast.item():.3f}, aspects "
                f"{loss_of_aspects.item():.3f}, {time.monotonic() - began:.0f} s"
            )
    return {
        **adapter.changes(encoder),
        **{f"heads.{name}": tensor for name, tensor in heads.state_dict().items()},
    }


def _contrast(vectors: torch.Tensor, bank: torch.Tensor, meanings: torch.Tensor, numbers: torch.Tensor) -> torch.Tensor:
    """How far the questions are from others of the same meaning, beside all others."""
    scores = vectors @ bank.T / TEMPERATURE
    itself = torch.zeros_like(scores, dtype=torch.bool)
    itself[torch.arange(len(numbers)), numbers] = True
    scores = scores.masked_fill(itself, -1e9)
    same = (meanings[numbers][:, None] == meanings[None]) & ~itself
    chances = torch.logsumexp(scores.masked_fill(~same, -1e9), 1) - torch.logsumexp(scores, 1)
    return -chances[same.any(1)].sum() / len(numbers)


def _meanings(lessons: Sequence[Lesson]) -> torch.Tensor:
    """A number for each text; one that means nothing gets a number of its own."""
    alone = 1 + max((lesson.meaning for lesson in lessons if lesson.meaning is not None), default=0)
    return torch.tensor(
        [alone + place if lesson.meaning is None else lesson.meaning for place, lesson in enumerate(lessons)]
    )


def _aspects(lessons: Sequence[Lesson], aspects: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
    wanted = torch.tensor([[float(name in (lesson.aspects or ())) for name in aspects] for lesson in lessons])
    return wanted, torch.tensor([lesson.aspects is not None for lesson in lessons])


def _batches(lessons: Sequence[Lesson], dice: random.Random) -> Iterator[list[int]]:
    """Shuffled, but texts of like length side by side: less padding."""
    spoken = [number for number, lesson in enumerate(lessons) if lesson.is_spoken]
    dice.shuffle(spoken)
    found = []
    for start in range(0, len(spoken), BATCH * 20):
        part = sorted(spoken[start : start + BATCH * 20], key=lambda number: len(lessons[number].text))
        found += [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
    dice.shuffle(found)
    yield from found


def _form(lesson: Lesson, dice: random.Random) -> str:
    return dice.choice(lesson.forms) if lesson.forms and dice.random() < OTHERWISE else lesson.text


def _vectors(model: Any, texts: Sequence[str]) -> np.ndarray:
    return model.encode(
        [PROMPT + text for text in texts], batch_size=64, normalize_embeddings=True, show_progress_bar=False
    )

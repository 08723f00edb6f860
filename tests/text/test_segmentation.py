from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.settings import ROOT
from bot.text.reading import Reader
from bot.text.segmentation import Segmenter


def test_the_syllables_of_a_word_are_joined() -> None:
    assert Segmenter()("Sinh viên đăng ký tạm trú") == ["sinh_viên", "đăng_ký", "tạm_trú"]


def test_a_fixed_term_is_never_taken_apart() -> None:
    segmenter = Segmenter(["giấy chứng sinh", "từ chối nhận di sản"])
    assert segmenter("xin giấy chứng sinh rồi từ chối nhận di sản") == [
        "xin",
        "giấy_chứng_sinh",
        "rồi",
        "từ_chối_nhận_di_sản",
    ]


def test_the_longest_fixed_term_wins() -> None:
    for terms in (["sao y", "sao y bản chính"], ["sao y bản chính", "sao y"]):
        assert "sao_y_bản_chính" in Segmenter(terms)("phường có sao y bản chính không")


def test_fixed_terms_hold_whatever_the_case() -> None:
    assert "căn_cước_công_dân" in Segmenter(["Căn Cước Công Dân"])("CĂN CƯỚC CÔNG DÂN hết hạn")


def test_punctuation_is_no_word() -> None:
    assert Segmenter()("khai sinh , ... ? !") == ["khai_sinh"]
    assert Segmenter()("") == []


@pytest.mark.parametrize("term", ["giấy khai sinh", "tình trạng hôn nhân", "sổ hộ khẩu", "tạm trú", "hộ kinh doanh"])
def test_the_terms_of_our_field_stay_whole_in_what_people_type(reader: Reader, term: str) -> None:
    assert term.replace(" ", "_") in reader(f"cho em hỏi {term} thì cần gì").words


@hypothesis_settings(max_examples=50)
@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    assert all(any(letter.isalnum() for letter in word) for word in Segmenter(["một cửa"])(text))


def test_reading_needs_neither_torch_nor_transformers() -> None:
    program = (
        "import sys\n"
        "from bot.text import folding, language, privacy, reading, restoration, segmentation, shorthand, unicode\n"
        "assert segmentation.Segmenter()('đăng ký khai sinh') == ['đăng_ký', 'khai_sinh']\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'tensorflow', 'rasa'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr

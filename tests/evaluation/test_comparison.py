import pytest

from bot.evaluation.comparison import Measured, compare
from bot.evaluation.contestant import Start, Turn


def turns(*seconds: float, message: str = "chào") -> list[Turn]:
    return [Turn(message, second) for second in seconds]


@pytest.fixture
def ours() -> Measured:
    return Measured(
        starts=[Start(30.0, 31.0), Start(20.0, 22.0)],
        rounds=[turns(0.01, 0.02, 0.03), turns(0.04, message="mất căn cước")],
        memory={"Rasa server": 300_000_000, "gateway": 100_000_000},
    )


@pytest.fixture
def other() -> Measured:
    return Measured(
        starts=[Start(40.0, 50.0)], rounds=[turns(0.04, 0.04), turns(0.05)], memory={"Rasa server": 800_000_000}
    )


def test_figures_stand_side_by_side_with_their_ratio(ours: Measured, other: Measured) -> None:
    rows = compare(ours, other, searches=[0.010, 0.012, 0.014], questions=["mất căn cước"])
    figures = {name: tuple(cells) for name, *cells in rows}
    assert figures["turn, median (ms)"] == ("25.0", "40.0", "0.62")
    assert figures["turn, median by round, lowest and highest"] == ("", "", "0.50 to 0.80")
    assert figures["turn that searches, median (ms)"] == ("40.0", "", "")
    assert figures["other turns (follow-up, thanks), median (ms)"] == ("20.0", "", "")
    assert figures["search alone, median (ms)"] == ("12.0", "", "")
    assert figures["start until ready, best (s)"] == ("20.0", "40.0", "0.50")
    assert figures["start until the first answer, best (s)"] == ("22.0", "50.0", "0.44")
    assert figures["memory, all processes (MB)"] == ("400.0", "800.0", "0.50")
    assert figures["memory, Rasa server (MB)"] == ("300.0", "800.0", "0.38")
    assert figures["memory, gateway (MB)"] == ("100.0", "", "")

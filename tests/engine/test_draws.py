"""The world: known answers of the generator, accuracy of the quantile tables, and that an address means the same draw for ever."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from itilsim.rules.chance import MASK, philox, quantile, uniform, uniform_pair
from itilsim.world.keys import key_of
from itilsim.world.quantiles import make_table


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((MASK,) * 4, (MASK, MASK), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], answer: tuple[int, ...]
) -> None:
    """The known-answer vectors that Random123 publishes for philox4x32, ten rounds."""
    assert philox(*counter, *key) == answer


@pytest.mark.parametrize(
    ("shape", "distribution"),
    [
        (("normal",), stats.norm),
        (("gamma", "69.4"), stats.gamma(69.4)),
        (("gamma", "2.0"), stats.gamma(2.0)),
        (("beta", "2.0", "4.0"), stats.beta(2.0, 4.0)),
        (("beta", "1.0", "1.0"), stats.uniform),
    ],
)
def test_tables_are_accurate_into_both_tails(shape: tuple[str, ...], distribution: stats.rv_continuous) -> None:
    """Relative error under 5e-8 (absolute near nought) down to one in 10**12 on both sides."""
    table = make_table(shape)
    for tail in 10.0 ** np.linspace(-12.0, -0.302, 1500):
        for got, exact in (
            (quantile(0, table, tail), distribution.ppf(tail)),
            (quantile(0, table, 1.0 - tail), distribution.isf(1.0 - (1.0 - tail))),
        ):
            assert abs(got - exact) < 5e-8 * max(abs(exact), 1.0 if shape[0] == "normal" else 0.0)


def test_a_draw_depends_on_its_address_alone() -> None:
    """Order does not matter, a pair begins with the single draw, and every part of the address matters."""
    key = key_of("outage", 7)
    forth = [uniform(*key, 3, k, 0, 0) for k in range(50)]
    back = [uniform(*key, 3, k, 0, 0) for k in reversed(range(50))]
    assert forth == back[::-1]
    assert uniform_pair(*key, 3, 4, 0, 0)[0] == forth[4]
    others = {
        uniform(*key, 3, 4, 0, 0),
        uniform(*key, 4, 4, 0, 0),
        uniform(*key, 3, 5, 0, 0),
        uniform(*key, 3, 4, 1, 0),
        uniform(*key, 3, 4, 0, 1),
        uniform(*key_of("outage", 8), 3, 4, 0, 0),
        uniform(*key_of("leak", 7), 3, 4, 0, 0),
    }
    assert len(others) == 7


def test_draws_are_uniform_and_independent() -> None:
    """Kolmogorov-Smirnov over 20,000 draws along the replication and along the index, and no correlation of neighbours."""
    key = key_of("uniformity", 1)
    across = np.array([uniform(*key, r, 0, 0, 0) for r in range(20_000)])
    along = np.array([uniform(*key, 0, k, 0, 0) for k in range(20_000)])
    for sample in (across, along):
        assert stats.kstest(sample, "uniform").pvalue > 0.001
        assert abs(np.corrcoef(sample[:-1], sample[1:])[0, 1]) < 3.3 / np.sqrt(len(sample))

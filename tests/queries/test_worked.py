"""The worked examples are those of the method, made by the functions that make the numbers."""

from queries import disclosure, worked


def test_the_shares_are_those_that_were_worked_out_by_hand() -> None:
    found = [
        (
            share.numerator,
            share.denominator,
            *(round(100 * x) for x in (share.share, share.low, share.high)),
        )
        for share in worked.shares()
    ]
    assert found == [(4, 6, 67, 30, 90), (6, 9, 67, 35, 88), (48, 120, 40, 32, 49)]


def test_the_limits_of_runs_are_those_of_the_rule() -> None:
    # round(log2(n)) + 3, and the 5 % quantile of Binomial(n - 1, 0.5).
    found = [(run.points, run.longest_run_max, run.crossings_min) for run in worked.runs()]
    assert found == [(10, 6, 2), (12, 7, 3), (24, 8, 8)]


def test_the_bands_show_both_sides_of_every_limit() -> None:
    shown = {band for _, band in worked.bands()}
    assert shown == {"0-9", "10-19", "20-49", "50+"}
    starts = disclosure.limits()["bands"]["starts"]
    assert {starts[1] - 1, starts[1], starts[3]} <= {count for count, _ in worked.bands()}

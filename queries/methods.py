"""The methods as public functions, for tests and notebooks: intervals, tests and run charts."""

from data.personal import is_identity_number
from queries.intervals import fisher_two_sided, mean_interval, newcombe, wilson
from queries.signals import anhoej, exact_tail

__all__ = [
    "anhoej",
    "exact_tail",
    "fisher_two_sided",
    "is_identity_number",
    "mean_interval",
    "newcombe",
    "wilson",
]

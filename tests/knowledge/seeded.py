"""Chance that repeats itself."""

import random


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- plays no part in security

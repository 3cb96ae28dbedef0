"""The pipeline of four trivial steps, for Hamilton."""


def numbers(count: int) -> list[int]:
    return list(range(count))


def grown(numbers: list[int]) -> list[int]:
    return [number + 2 for number in numbers]


def sums(grown: list[int]) -> list[int]:
    return [sum(grown[: place + 1]) for place in range(len(grown))]


def total(sums: list[int]) -> int:
    return sums[-1]

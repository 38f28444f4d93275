"""Functions for programs. Arrays are counted by NumPy where it is installed, and by Python itself elsewhere."""

import asyncio
from array import array
from collections import Counter

from ionvm import Atom, function

try:
    import numpy
except ImportError:
    numpy = None


@function
def summary(numbers: array) -> dict:
    "Count, mean, least and largest of the Numbers."
    if len(numbers) == 0:
        raise ValueError("nothing to sum up")
    if numpy is None:
        mean, least, largest = sum(numbers) / len(numbers), min(numbers), max(numbers)
    else:
        # Where NumPy is imported, arrays of programs are its arrays.
        mean, least, largest = numbers.mean(), numbers.min(), numbers.max()
    return {"count": len(numbers), "mean": mean, "least": least, "largest": largest}


@function
def running_mean(numbers: array, width: int) -> array:
    "The mean of each `width` Numbers that follow each other."
    if numpy is None:
        return array("d", (sum(numbers[i : i + width]) / width for i in range(len(numbers) - width + 1)))
    return numpy.convolve(numbers, numpy.full(width, 1 / width), mode="valid")


@function
def words(text: str) -> list:
    "The words of a text and how often each is there, the most frequent first."
    return Counter(text.lower().split()).most_common()


@function
async def fetched(name: str, seconds: float) -> tuple:
    "Stands for what is slow elsewhere: others can be called meanwhile."
    await asyncio.sleep(seconds)
    return (Atom("ok"), name)


@function(blocking=True)
def factors(number: int) -> list:
    "The prime factors. It has much to do, so it does it in a thread."
    found = []
    divisor = 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            found.append(divisor)
            number //= divisor
        divisor += 1
    return found + [number] if number > 1 else found

"""A sentence of today that tells what it rests on."""

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from .base import GroundRef, NotEmpty, Record, Text

QUOTED = re.compile("「[^」]*」|（[^）]*）")


def _one_sentence(value: str) -> str:
    bare = QUOTED.sub("", value)
    if not bare.endswith("。") or bare.count("。") != 1:
        raise PydanticCustomError("one_sentence", "one sentence")
    return value


Sentence = Annotated[Text, AfterValidator(_one_sentence)]


class Said(Record):
    """A sentence and what it rests on, each as `file:id`."""

    text: Sentence
    grounds: Annotated[list[GroundRef], NotEmpty]

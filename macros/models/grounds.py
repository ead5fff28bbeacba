"""A sentence of today that tells what it rests on."""

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from .base import GroundRef, NotEmpty, Record, Text, titled

QUOTED = re.compile("「[^」]*」|（[^）]*）")


def _one_sentence(value: str) -> str:
    bare = QUOTED.sub("", value)
    if not bare.endswith("。") or bare.count("。") != 1:
        raise PydanticCustomError("one_sentence", "one sentence")
    return value


Sentence = Annotated[Text, AfterValidator(_one_sentence)]


class Said(Record, title="根拠のある文"):
    """A sentence and what it rests on, each as `file:id`."""

    text: Sentence = titled("文", "荒川区は2025年に212 tを買いました。", form="「。」で終わる1つの文")
    grounds: Annotated[list[GroundRef], NotEmpty] = titled(
        "根拠になる記録。1つ以上",
        "[changes:arakawa, buying:step-retire, guide:1-3]",
        form="「ファイル名:id」の並び。`buying:` の id は `way-`、`step-`、`proof-`、`wording-`、`lookalike-`、`gap-` で始めます",
    )

"""Records of the draft of a public statement: amounts, phrases and sentences with conditions, filled by each calculator."""

from .base import Formula, Id, Record, Text, Unit, titled
from .calculators import Name


class Amount(Record, title="文に出す量"):
    """A number that sentences tell, by a formula over a calculator's fields and results."""

    name: Name = titled("量の名前。文には `{whole_t}` のように書きます", "whole_t")
    calculators: list[Id] = titled(
        "使う計算器。書かなければ、案を作るすべて", "[event]", default=[], form="計算器の id の並び"
    )
    unit: Unit = titled("単位", "t-CO2")
    formula: Formula = titled("式。欄、結果、上に書いた量を使えます", "total_kg / kg_per_t")
    digits: int = titled("小数を何桁まで出すか", "1", default=3)


class Variant(Record, title="言い方"):
    """One way to say a sentence, used when `when` holds and every amount in `text` is known."""

    when: Formula | None = titled(
        "使う条件。文に出す量がひとつでも出ていないときは、条件が成り立っても使いません",
        "stage == 'plan'",
        default=None,
    )
    text: Text = titled(
        "文。`{ }` の中に、量、部品、文字か選択の欄の名前。半角の縦線の後は、空欄のときの言葉です",
        "'排出量は{whole_t} t-CO2です。'",
    )


class Phrase(Record, title="文の部品"):
    """A piece of sentences: the first variant that holds, else nothing."""

    name: Name = titled("部品の名前。文には `{credit}` のように書きます", "credit")
    calculators: list[Id] = titled(
        "使う計算器。書かなければ、案を作るすべて", "[event]", default=[], form="計算器の id の並び"
    )
    variants: list[Variant] = titled("言い方。はじめに当てはまる1つを使います")


class Sentence(Record, title="案の文"):
    """A line of the draft: the first variant that holds, else no line."""

    calculators: list[Id] = titled(
        "使う計算器。書かなければ、案を作るすべて", "[event]", default=[], form="計算器の id の並び"
    )
    variants: list[Variant] = titled("言い方。はじめに当てはまる1つを使い、どれも当てはまらなければ行を出しません")


class Silence(Record, title="案を作らない計算器"):
    """A calculator that makes no draft, and why."""

    calculator: Id = titled("計算器", "forest", form="計算器の id")
    reason: Text = titled("わけ。案の代わりに出ます", "森林の吸収量はクレジットではありません。")


class Statement(Record, title="公表文の案"):
    """How `calculators` draft a public statement; a part without `calculators` of its own is for all of them."""

    calculators: list[Id] = titled("案を作る計算器", "[event, office]", form="計算器の id の並び")
    silent: list[Silence] = titled("案を作らない計算器とそのわけ", default=[])
    other: Text = titled("ここに書いていない計算器で出す文", "この計算器には、公表文の案がありません。")
    nothing: Text = titled("まだ排出量の合計がないときに出す文", "結果がまだありません。")
    contradicted: Text = titled("範囲と入れた項目が合わないときに出す文", "範囲の欄の下の説明を見て直してください。")
    amounts: list[Amount] = titled("文に出す量。上から順に計算します")
    phrases: list[Phrase] = titled("いくつかの文で使う、文の部品。上から順に作ります", default=[])
    sentences: list[Sentence] = titled("案の文。1件が1行になります")

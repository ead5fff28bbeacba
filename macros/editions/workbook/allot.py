"""The exact allotment (`macros.formulas.numbers.allot`) as steps: largest remainder, ties to the earlier row, no row above its weight.

An amount that covers all weights gives each row its weight, the last fraction of a step too.

Weights are taken as whole thousandths (as many places as the field allows), so that all is reckoned in whole numbers
below 2^53, which spreadsheets hold exactly. The quotas are divided out in digits of base 128 for that reason.
"""

from typing import cast

from .ledger import Column, Ledger, Node
from .steps import BAD, OPERATIONS

BASE = 128
# units of up to BASE ** DIGITS
DIGITS = 5


class Allotment:
    """The steps of one allotment, for all runs."""

    def __init__(self, ledger: Ledger, amount: Node, weights: Column, step: Node, decimals: int) -> None:
        self.ledger, self.amount, self.weights, self.grain = ledger, amount, weights, step
        self.scale = 10**decimals
        self.whole = ledger.column("整数の重み", self._whole)
        self.total = ledger.step("重みの合計", lambda run: f"SUM({self.whole.span(run)})")
        self.sound = ledger.step("割り振れるか", self._sound)
        self.covers = ledger.step("全部を覆うか", self._covers)
        self.units = ledger.step("刻みの数", self._units)
        self.quota, self.remainder = self._quotas()
        self.cap = ledger.column("上限", self._cap)
        self.share = ledger.column(
            "整数部分", lambda run, row: f"MIN({self.quota.at(run, row)},{self.cap.at(run, row)})"
        )
        self.room = ledger.column("空き", lambda run, row: f"{self.cap.at(run, row)}-{self.share.at(run, row)}")
        self.left = ledger.step("残る刻み", self._left)
        self.filled = ledger.column("k巡目までに配る数", self._filled)
        self.rounds = ledger.step(
            "何巡するか", lambda run: f'COUNTIF({self.filled.span(run)},"<="&{self.left.at(run, None)})'
        )
        self.rest = ledger.step("最後の巡の数", self._rest)
        self.place = ledger.column("端数の順", self._place)
        self.result = ledger.column("割り振り", self._result)

    def _whole(self, run: int, row: int) -> str:
        weight = self.weights.at(run, row)
        return f"IF(ISNUMBER({weight}),ROUND({weight}*{self.scale},0),0)"

    def _sound(self, run: int) -> str:
        amount, grain = self.amount.at(run, None), self.grain.at(run, None)
        bad = f"OR({amount}={BAD},{grain}={BAD},COUNTIF({self.weights.span(run)},{BAD})>0)"
        none = f'OR({amount}="",{grain}="",{self.total.at(run, None)}=0)'
        return f'IF({bad},{BAD},IF({none},"",1))'

    def _covers(self, run: int) -> str:
        amount, sound = self.amount.at(run, None), self.sound.at(run, None)
        scaled = OPERATIONS["floor"](f"({amount}*{self.scale})")
        return f"IF({sound}=1,IF({scaled}>={self.total.at(run, None)},1,0),0)"

    def _units(self, run: int) -> str:
        amount, grain, sound = (one.at(run, None) for one in (self.amount, self.grain, self.sound))
        return f"IF({sound}=1,{OPERATIONS['floor'](f'({amount}/{grain})')},0)"

    def _quotas(self) -> tuple[Column, Column]:
        """Divide units × weight by the total, digit by digit; a remainder may be off by one total until the end."""
        digits = [
            self.ledger.step("刻みの数の桁", lambda run, k=k: f"MOD(INT({self.units.at(run, None)}/{BASE**k}),{BASE})")
            for k in reversed(range(DIGITS))
        ]
        quotients: list[Column] = []
        before: Column | None = None
        for digit in digits:

            def product(run: int, row: int, digit: Node = digit, before: Column | None = before) -> str:
                carried = f"{before.at(run, row)}*{BASE}+" if before else ""
                return f"({carried}{digit.at(run, None)}*{self.whole.at(run, row)})"

            quotient = self.ledger.column(
                "商の桁",
                lambda run, row, product=product: f"INT({product(run, row)}/MAX(1,{self.total.at(run, None)}))",
            )
            quotients.append(quotient)
            # 1*( ): spreadsheets take a difference that ends a formula for 0 when it is small beside its parts
            before = self.ledger.column(
                "余りの桁",
                lambda run, row, product=product, quotient=quotient: (
                    f"1*({product(run, row)}-{quotient.at(run, row)}*{self.total.at(run, None)})"
                ),
            )
        return self._settled(quotients, cast("Column", before))

    def _settled(self, quotients: list[Column], last: Column) -> tuple[Column, Column]:
        def off(run: int, row: int, below: str, above: str) -> str:
            return f"IF({last.at(run, row)}<0,{below},IF({last.at(run, row)}>={self.total.at(run, None)},{above},0))"

        def quota(run: int, row: int) -> str:
            parts = [f"{one.at(run, row)}*{BASE**k}" for k, one in enumerate(reversed(quotients))]
            return "+".join([*parts, off(run, row, "-1", "1")])

        def remainder(run: int, row: int) -> str:
            total = self.total.at(run, None)
            return f"1*({last.at(run, row)}+{off(run, row, total, f'-{total}')})"

        return self.ledger.column("割当の整数部分", quota), self.ledger.column("割当の端数", remainder)

    def _cap(self, run: int, row: int) -> str:
        grain = self.grain.at(run, None)
        return f"IF({self.sound.at(run, None)}=1,INT({self.whole.at(run, row)}/({grain}*{self.scale})),0)"

    def _left(self, run: int) -> str:
        return f"MIN({self.units.at(run, None)},SUM({self.cap.span(run)}))-SUM({self.share.span(run)})"

    def _filled(self, run: int, row: int) -> str:
        room, rounds = self.room.span(run), row + 1
        return f"SUMPRODUCT(({room}<{rounds})*{room}+({room}>={rounds})*{rounds})"

    def _rest(self, run: int) -> str:
        rounds = self.rounds.at(run, None)
        return f"{self.left.at(run, None)}-IF({rounds}=0,0,INDEX({self.filled.span(run)},MAX(1,{rounds})))"

    def _place(self, run: int, row: int) -> str:
        """Count the rows that come before this one: larger remainder, or the same and further up."""
        span, mine = self.remainder.span(run), self.remainder.at(run, row)
        before = f"({span}>{mine})+({span}={mine})*(ROW({span})<ROW({mine}))"
        return f"SUMPRODUCT(({self.room.span(run)}>{self.rounds.at(run, None)})*({before}))"

    def _result(self, run: int, row: int) -> str:
        room, rounds = self.room.at(run, row), self.rounds.at(run, None)
        last = f"IF(AND({room}>{rounds},{self.place.at(run, row)}<{self.rest.at(run, None)}),1,0)"
        units = f"({self.share.at(run, row)}+MIN({room},{rounds})+{last})*{self.grain.at(run, None)}"
        sound, weight = self.sound.at(run, None), self.weights.at(run, row)
        given = f"IF({self.covers.at(run, None)}=1,{weight},{units})"
        return f'IF({sound}=1,IF(ISNUMBER({weight}),{given},""),{sound})'

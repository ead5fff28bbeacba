"""The licence of what is published, as LICENSE-CONTENT has it."""

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "クリエイティブ・コモンズ 表示 4.0 国際",
    "path": "https://creativecommons.org/licenses/by/4.0/deed.ja",
}
RIGHTS = (
    "このサイトのために書いた文章とデータに、このライセンスを適用します。"
    "原資料（概要版と提言）の題名・名前・図の言葉などの権利は、それぞれの発行者にあります。"
)
# what is to be said besides of a data set, by its name
MORE_RIGHTS = {
    "factors": "係数の値はそれぞれの出典のものです。利用条件は、値ごとの出典（source）の licence にあります。",
    "suppliers": (
        "会社の係数は、環境省・経済産業省が公表した表のもので、公共データ利用規約（第1.0版、CC BY 4.0 互換）で使えます。"
        "このサイトが表を写し、単位をkgに直して加工しました。加工後の値について公表元は責任を負いません。"
    ),
}

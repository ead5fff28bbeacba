"""What the files in `data/` may say: frozen, strict pydantic models, one class a kind of record."""

from .accessibility import *  # noqa: F403
from .answers import *  # noqa: F403
from .buying import *  # noqa: F403
from .calculators import *  # noqa: F403
from .embeds import *  # noqa: F403
from .factors import *  # noqa: F403
from .guide import *  # noqa: F403
from .helpers import *  # noqa: F403
from .methods import *  # noqa: F403
from .offers import *  # noqa: F403
from .plan import *  # noqa: F403
from .precedents import *  # noqa: F403
from .records import *  # noqa: F403
from .statement import *  # noqa: F403
from .suppliers import *  # noqa: F403

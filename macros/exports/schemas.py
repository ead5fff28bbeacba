"""JSON Schema (draft 2020-12) of each data set: shapes from the models, titles from their fields."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from ..models import base, calculators
from ..models.labels import Label, records
from ..models.shapes import reference
from . import head
from .datasets import ADDRESS, ADDRESS_ROW, HOME, Dataset, Kind
from .views import label_of

# what fields carry for the guide for editors
FOR_EDITORS = {"default", "description", "examples", "form", "names", "when"}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _marks(kind: Any) -> tuple[Any, ...]:
    """Return what an annotated type is annotated with."""
    return kind.__metadata__


# what a check of the models means to a reader of the data
CHECKS: tuple[tuple[Any, dict[str, Any]], ...] = (
    (_marks(base.Text), {"minLength": 1}),
    (_marks(base.Id), {"pattern": f"^{base.ID_PATTERN.pattern}$"}),
    (_marks(base.When), {"pattern": f"^{base.DATE_PATTERN.pattern}$"}),
    (_marks(base.Version), {"pattern": f"^{base.VERSION_PATTERN.pattern}$"}),
    (_marks(base.Address), {"format": "uri", "pattern": "^https?://"}),
    (_marks(calculators.Name), {"pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$"}),
    (_marks(base.Reading), {"pattern": "^[ぁ-ん]"}),
    ((base.NotEmpty,), {"minItems": 1}),
)
CHECKED = {marks[-1].func: rule for marks, rule in CHECKS}


class Shapes(GenerateJsonSchema):
    """Pydantic's schema of the models, with what our own checks ask for."""

    def function_after_schema(self, schema: Any) -> JsonSchemaValue:
        """Return the schema of a checked value with the rule of its check."""
        made = super().function_after_schema(schema)
        return made | CHECKED.get(schema["function"]["function"], {})


def schema_of(dataset: Dataset, site: head.Site) -> dict[str, Any]:
    """Return the JSON Schema of a data set's file."""
    lists = [(kind, _shape(kind)) for kind in dataset.kinds]
    definitions = {name: one for _, shape in lists for name, one in shape.pop("$defs", {}).items()}
    parts = {kind.key: {"type": "array", "title": kind.label.title, "items": shape} for kind, shape in lists}
    return {
        "$schema": DIALECT,
        **({"$id": f"{site.address}data/{dataset.name}.schema.json"} if site.address else {}),
        **head.whole(dataset.title, head.SCHEMA | parts),
        "$defs": definitions,
    }


def _shape(kind: Kind) -> dict[str, Any]:
    """Return the labelled schema of a record as it is published: every field is there, with null for nothing."""
    adapter = TypeAdapter(kind.model)
    shape = adapter.json_schema(mode="serialization", schema_generator=Shapes)
    definitions = shape.get("$defs", {})
    for path, model in reversed(list(records(kind.model))):
        _label(definitions[model.__name__] if path else shape, model, label_of(model))
    properties = shape["properties"]
    address = head.text(ADDRESS_ROW.title, description=HOME)
    shape["properties"] = {"id": properties.pop("id"), ADDRESS: address, **properties}
    shape["required"] = list(shape["properties"])
    return shape


def _label(shape: dict[str, Any], model: Any, label: Label) -> None:
    """Give a record and its fields their Japanese titles; nothing of the models' English stays."""
    shape.pop("description", None)
    shape["title"] = label.title
    for name, row in label.fields.items():
        page = reference(model.model_fields[name].rebuild_annotation()) == "page"
        told = {"title": row.title, "description": HOME if page else row.description}
        shape["properties"][name] = {
            **{key: value for key, value in shape["properties"][name].items() if key not in FOR_EDITORS},
            **{key: value for key, value in told.items() if value},
        }

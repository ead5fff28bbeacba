"""One calculator: its definition for all who reckon with it, its fields, and one pass over them."""

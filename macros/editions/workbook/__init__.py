"""The calculators as a workbook with live formulas."""

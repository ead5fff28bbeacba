"""Figures and charts drawn as SVG with real text."""

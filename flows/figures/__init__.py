"""Figures: number, unit, qualifier, direction, what, who and when put together."""

"""Exponential smoothing in its innovations state space form, for all windows at once (Hyndman et al. 2008)."""

"""Batch kernels: each model's likelihood and recursions for all windows at once, in NumPy.

Kernels are pure functions of arrays. The batch is the last axis, so that every operation runs over contiguous rows
and nothing but the element's own column enters its result: chunk size, order and batch size change no digit.
"""

"""Forecasts to documents: the view-model and its renderers.

`gather.inputs` asks the layers below, `documents.build` writes the files, `documents.summary` is the terminal's view.
"""

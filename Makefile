# Every target is one line over the command line; `make` prints them.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
FORECAST := $(BIN)/forecast
STAMP := $(VENV)/.installed
SUITE ?= start
.DEFAULT_GOAL := help
.PHONY: help setup report run backtest claims schedule test quick check fix bench lock clean

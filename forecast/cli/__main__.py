"""`python -m forecast.cli`: the command by the interpreter that has it installed, as a trigger calls it."""

from forecast.cli import main

if __name__ == "__main__":
    main()

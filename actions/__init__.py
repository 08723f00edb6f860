"""Rasa's actions: thin. They read the tracker, ask the search, call the answers and set slots."""

from actions.procedures import ActionAnswerAspect, ActionChoose, ActionDecline, ActionFindProcedure, ActionRepeat
from actions.services import ActionService, ActionSmalltalk, ActionStartOver

__all__ = [
    "ActionAnswerAspect",
    "ActionChoose",
    "ActionDecline",
    "ActionFindProcedure",
    "ActionRepeat",
    "ActionService",
    "ActionSmalltalk",
    "ActionStartOver",
]

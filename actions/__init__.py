"""Rasa's actions: thin. They read the tracker, ask the search, call the answers and set slots."""

from actions.checklist import (
    ActionAskCase1,
    ActionAskCase2,
    ActionAskCase3,
    ActionOpenChecklist,
    ActionShowChecklist,
    ActionSkip,
    ValidateChecklistForm,
)
from actions.desk import ActionExplain, ActionTry
from actions.feedback import ActionKeepFeedback, ActionRate, ValidateFeedbackForm
from actions.messages import (
    ActionCancel,
    ActionOpenMessage,
    ActionRequestStatus,
    ActionSendMessage,
    ValidateMessageForm,
)
from actions.procedures import (
    ActionAnswerAspect,
    ActionChoose,
    ActionCorrect,
    ActionDecline,
    ActionFindProcedure,
    ActionRepeat,
)
from actions.returning import ActionNextSteps, ActionReturn
from actions.search import ActionSearch
from actions.services import ActionService, ActionSmallTalk, ActionStartOver
from actions.session import ActionSessionStart

__all__ = [
    "ActionAnswerAspect",
    "ActionAskCase1",
    "ActionAskCase2",
    "ActionAskCase3",
    "ActionCancel",
    "ActionChoose",
    "ActionCorrect",
    "ActionDecline",
    "ActionExplain",
    "ActionFindProcedure",
    "ActionKeepFeedback",
    "ActionNextSteps",
    "ActionOpenChecklist",
    "ActionOpenMessage",
    "ActionRate",
    "ActionRepeat",
    "ActionRequestStatus",
    "ActionReturn",
    "ActionSearch",
    "ActionSendMessage",
    "ActionService",
    "ActionSessionStart",
    "ActionShowChecklist",
    "ActionSkip",
    "ActionSmallTalk",
    "ActionStartOver",
    "ActionTry",
    "ValidateChecklistForm",
    "ValidateFeedbackForm",
    "ValidateMessageForm",
]

"""What each role may do at the desk."""

from __future__ import annotations

from enum import Enum

from bot.store.accounts import Role


class May(str, Enum):
    """One thing that somebody may do, or not."""

    look = "look"  # at all pages but those of accounts and the trail
    test = "test"  # ask as a citizen and see why
    judge = "judge"  # answers, and keep golden questions
    handle = "handle"  # questions of citizens, the inbox
    announce = "announce"  # a notice, or that the assistant rests
    edit = "edit"  # drafts, imports
    publish = "publish"  # approve, roll back, the ward's profile
    administer = "administer"  # accounts, the trail


_LOOKS = frozenset({May.look})
_STAFF = _LOOKS | {May.test, May.judge, May.handle, May.announce}
_EDITOR = _LOOKS | {May.test, May.judge, May.edit}
ROLES = {
    Role.viewer: _LOOKS,
    Role.staff: _STAFF,
    Role.editor: _EDITOR,
    Role.approver: _STAFF | _EDITOR | {May.publish},
    Role.admin: frozenset(May),
}
ROLE_NAMES = {
    Role.viewer: "Người xem",
    Role.staff: "Cán bộ một cửa",
    Role.editor: "Người biên tập",
    Role.approver: "Người duyệt",
    Role.admin: "Người quản trị",
}


def may(role: Role, what: May) -> bool:
    """Whether a role may do this."""
    return what in ROLES[role]

"""Chats and their members."""

from bot.sandbox.schema.base import ApiObject, ChatId, Parameters


class ChatPermissions(ApiObject):
    """The Bot API's `ChatPermissions`."""

    can_send_messages: bool | None = None
    can_send_audios: bool | None = None
    can_send_documents: bool | None = None
    can_send_photos: bool | None = None
    can_send_videos: bool | None = None
    can_send_video_notes: bool | None = None
    can_send_voice_notes: bool | None = None
    can_send_polls: bool | None = None
    can_send_other_messages: bool | None = None
    can_add_web_page_previews: bool | None = None
    can_react_to_messages: bool | None = None
    can_edit_tag: bool | None = None
    can_change_info: bool | None = None
    can_invite_users: bool | None = None
    can_pin_messages: bool | None = None
    can_manage_topics: bool | None = None


class ChatAdministratorRights(ApiObject):
    """The Bot API's `ChatAdministratorRights`."""

    is_anonymous: bool
    can_manage_chat: bool
    can_delete_messages: bool
    can_manage_video_chats: bool
    can_restrict_members: bool
    can_promote_members: bool
    can_change_info: bool
    can_invite_users: bool
    can_post_stories: bool
    can_edit_stories: bool
    can_delete_stories: bool
    can_post_messages: bool | None = None
    can_edit_messages: bool | None = None
    can_pin_messages: bool | None = None
    can_manage_topics: bool | None = None
    can_manage_direct_messages: bool | None = None
    can_manage_tags: bool | None = None


class GetChat(Parameters):
    """What `getChat` takes."""

    chat_id: ChatId


class GetChatMember(Parameters):
    """What `getChatMember` takes."""

    chat_id: ChatId
    user_id: int


class GetChatAdministrators(Parameters):
    """What `getChatAdministrators` takes."""

    chat_id: ChatId
    return_bots: bool | None = None


class GetChatMemberCount(Parameters):
    """What `getChatMemberCount` takes."""

    chat_id: ChatId


class LeaveChat(Parameters):
    """What `leaveChat` takes."""

    chat_id: ChatId


class BanChatMember(Parameters):
    """What `banChatMember` takes."""

    chat_id: ChatId
    user_id: int
    until_date: int | None = None
    revoke_messages: bool | None = None


class UnbanChatMember(Parameters):
    """What `unbanChatMember` takes."""

    chat_id: ChatId
    user_id: int
    only_if_banned: bool | None = None


class RestrictChatMember(Parameters):
    """What `restrictChatMember` takes."""

    chat_id: ChatId
    user_id: int
    permissions: ChatPermissions
    use_independent_chat_permissions: bool | None = None
    until_date: int | None = None


class PromoteChatMember(Parameters):
    """What `promoteChatMember` takes."""

    chat_id: ChatId
    user_id: int
    is_anonymous: bool | None = None
    can_manage_chat: bool | None = None
    can_delete_messages: bool | None = None
    can_manage_video_chats: bool | None = None
    can_restrict_members: bool | None = None
    can_promote_members: bool | None = None
    can_change_info: bool | None = None
    can_invite_users: bool | None = None
    can_post_stories: bool | None = None
    can_edit_stories: bool | None = None
    can_delete_stories: bool | None = None
    can_post_messages: bool | None = None
    can_edit_messages: bool | None = None
    can_pin_messages: bool | None = None
    can_manage_topics: bool | None = None
    can_manage_direct_messages: bool | None = None
    can_manage_tags: bool | None = None


class SetChatPermissions(Parameters):
    """What `setChatPermissions` takes."""

    chat_id: ChatId
    permissions: ChatPermissions
    use_independent_chat_permissions: bool | None = None


class SetChatTitle(Parameters):
    """What `setChatTitle` takes."""

    chat_id: ChatId
    title: str


class SetChatDescription(Parameters):
    """What `setChatDescription` takes."""

    chat_id: ChatId
    description: str | None = None


class ExportChatInviteLink(Parameters):
    """What `exportChatInviteLink` takes."""

    chat_id: ChatId


class CreateChatInviteLink(Parameters):
    """What `createChatInviteLink` takes."""

    chat_id: ChatId
    name: str | None = None
    expire_date: int | None = None
    member_limit: int | None = None
    creates_join_request: bool | None = None


class GetUserProfilePhotos(Parameters):
    """What `getUserProfilePhotos` takes."""

    user_id: int
    offset: int | None = None
    limit: int | None = None


class GetForumTopicIconStickers(Parameters):
    """What `getForumTopicIconStickers` takes."""

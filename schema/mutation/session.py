"""Sign in and out, and what people set for themselves."""

import strawberry

from schema.context import Info
from schema.me import Me
from schema.problem import Problem, reports_problems
from services import session


@strawberry.input(description="Who signs in.")
class SignInInput:
    """Who signs in."""

    staff_no: str = strawberry.field(description="The staff number.")
    password: str = strawberry.field(description="The password.")


@strawberry.type(description="Who has signed in; the session's token is in the cookie alone.")
class SignInPayload:
    """Who has signed in."""

    problems: list[Problem] = strawberry.field(description="What stood in the way.")
    me: Me | None = strawberry.field(default=None, description="Who has signed in.")


@strawberry.type(description="Signed out.")
class SignOutPayload:
    """Signed out."""

    problems: list[Problem] = strawberry.field(description="What stood in the way.")


@strawberry.input(description="A new password in place of the present one.")
class ChangePasswordInput:
    """A new password in place of the present one."""

    current: str = strawberry.field(description="The present password.")
    new: str = strawberry.field(description="The one to have from now on.")


@strawberry.type(description="The password was changed; other sessions have ended.")
class ChangePasswordPayload:
    """The password was changed."""

    problems: list[Problem] = strawberry.field(description="What stood in the way.")


@strawberry.input(description="The language of pages and messages.")
class ChooseLanguageInput:
    """The language of pages and messages."""

    language: str = strawberry.field(description="'zh' or 'en'.")


@strawberry.type(description="The language was chosen.")
class ChooseLanguagePayload:
    """The language was chosen."""

    problems: list[Problem] = strawberry.field(description="What stood in the way.")
    me: Me | None = strawberry.field(default=None, description="Who chose it.")


@strawberry.type
class SessionMutation:
    """Signing in and out, and what people set for themselves."""

    @strawberry.mutation(description="Open a session; its token is set as a cookie.")
    @reports_problems(SignInPayload)
    async def sign_in(self, info: Info, input: SignInInput) -> SignInPayload:
        """Open a session."""
        context = info.context
        signed_in = await session.sign_in(
            context.house,
            input.staff_no,
            input.password,
            address=context.address,
            request_id=context.request_id,
            language=context.language,
        )
        context.token = signed_in.token
        context.actor = signed_in.actor
        return SignInPayload(me=Me.of(signed_in.actor), problems=[])

    @strawberry.mutation(description="End this session.")
    @reports_problems(SignOutPayload)
    async def sign_out(self, info: Info) -> SignOutPayload:
        """End this session."""
        await session.sign_out(info.context.signed_in())
        info.context.token = ""
        info.context.actor = None  # what follows in the same operation is nobody's
        return SignOutPayload(problems=[])

    @strawberry.mutation(description="Change one's own password; other sessions end.")
    @reports_problems(ChangePasswordPayload)
    async def change_password(
        self, info: Info, input: ChangePasswordInput
    ) -> ChangePasswordPayload:
        """Change one's own password."""
        await session.change_password(
            info.context.signed_in(), current=input.current, new=input.new
        )
        return ChangePasswordPayload(problems=[])

    @strawberry.mutation(description="Choose the language of pages and messages.")
    @reports_problems(ChooseLanguagePayload)
    async def choose_language(
        self, info: Info, input: ChooseLanguageInput
    ) -> ChooseLanguagePayload:
        """Choose the language of pages and messages."""
        actor = info.context.signed_in()
        await session.choose_language(actor, language=input.language)
        return ChooseLanguagePayload(me=Me.of(actor, language=input.language), problems=[])

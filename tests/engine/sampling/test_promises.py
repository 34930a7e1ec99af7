"""No order of events makes a request to the model reach the host without a yes, or be lost without an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from engine.play import HTTP, LEGACY, MODERN, STDIO, Play, cancelled, error, initialized, request, result
from engine.sampling.asking import ABLE, ASKS, CANCEL, NO_ANSWER, ONCE, REFUSE, REST, SAMPLING, reply, wish
from sekisho.engine.effects import Record, SendToHost, SendToServer
from sekisho.engine.events import RecordFailed, Trouble
from sekisho.engine.state import Patience, Stage
from sekisho.wire.views import nested, obj

if TYPE_CHECKING:
    from sekisho.engine.effects import Effect
    from sekisho.engine.state import Face
    from sekisho.wire.jsonrpc import Json, JsonObject

SAID: Final = {"once": ONCE, "rest": REST, "refuse": REFUSE, "cancel": CANCEL, "nothing": NO_ANSWER}
YES: Final = frozenset({"once", "rest"})
PROMPTS: Final = ("", "Be kind.", "Obey.")

Step: TypeAlias = "tuple[str, int, str]"
"""What happens, a number that chooses, and a word: what is said, or the wished system prompt."""

numbers = st.integers(0, 9)
words = st.sampled_from([*SAID])
prompts = st.sampled_from(PROMPTS)


def steps(*plain: str, **worded: st.SearchStrategy[str]) -> st.SearchStrategy[list[Step]]:
    """Return what happens: mostly what has a word, now and then something else."""
    often = [st.tuples(st.just(name), numbers, said) for name, said in worded.items()]
    seldom = st.tuples(st.sampled_from(plain), numbers, st.just(""))
    return st.lists(st.one_of(*often, *often, seldom), min_size=5, max_size=25)


def wished(prompt: str) -> JsonObject:
    return wish(systemPrompt=prompt) if prompt else wish()


def performed(play: Play, *, broken: bool) -> list[Effect]:
    """Return what is done after the last event, where the audit may fail at its first record."""
    first = next((place for place, each in enumerate(play.effects) if isinstance(each, Record)), None)
    if first is None or not broken:
        return play.effects
    return [*play.effects[:first], *play.session.receive(RecordFailed(play.now, play.effects[first + 1 :]))]


@dataclass
class Talk:
    """A host and a server of 2025 that say anything at any time, and what must be true of what they hear."""

    play: Play
    open: dict[int, str] = field(default_factory=dict[int, str])
    """Questions of ours that the host has not answered, with the system prompt that is wished."""
    passed: set[int] = field(default_factory=set[int])
    """Requests to the model that the host has not answered."""
    owed: dict[int, str] = field(default_factory=dict[int, str])
    """Requests of the server without an answer."""
    standing: set[str] = field(default_factory=set[str])
    """System prompts for which there was a yes for the conversation."""
    said: str | None = None
    """The system prompt to which this event says yes."""
    last: int = 0

    def do(self, step: Step, *, broken: bool = False) -> None:
        what, number, word = step
        self.said, self.play.effects = None, []
        getattr(self, f"_{what}")(number, word)
        self._check(performed(self.play, broken=broken))

    def _ask(self, number: int, prompt: str) -> None:
        if self.play.session.stage is Stage.DOWN:
            return  # it is gone, and says nothing
        self.last += 1
        self.owed[self.last] = prompt
        tied = 2 if number % 2 and 2 in self.play.state.calls.by_number else None
        self.play.server(request(self.last, SAMPLING, wished(prompt)), call=tied)

    def _answer(self, number: int, said: str) -> None:
        id_ = self._chosen(number)
        if id_ is None:
            return
        prompt = self.open.get(id_)
        if prompt is not None and said in YES:
            self.said = prompt
            if said == "rest":
                self.standing.add(prompt)
        self._closed(id_)
        self.play.host(result(id_, SAID[said] if prompt is not None else reply()))

    def _fail(self, number: int, _: str) -> None:
        id_ = self._chosen(number)
        if id_ is not None:
            self._closed(id_)
            self.play.host(error(id_, -1))

    def _take_back(self, number: int, _: str) -> None:
        if self.owed:
            id_ = [*self.owed][number % len(self.owed)]
            del self.owed[id_]
            self.play.server(cancelled(id_))

    def _wait(self, number: int, _: str) -> None:
        self.play.tick(after=100.0 * number)

    def _halt(self, *_: object) -> None:
        self.play.halt()

    def _resume(self, *_: object) -> None:
        self.play.resume()

    def _cancel(self, *_: object) -> None:
        self.play.host(cancelled("c"))

    def _leave(self, *_: object) -> None:
        self.play.host_left()

    def _exit(self, *_: object) -> None:
        self.owed.clear()
        self._check(self.play.server_left(Trouble.EXITED).effects)
        self.play.wait(100).host(request(f"again{self.last}", "prompts/list"))
        replay = next((each.body.get("id") for each in self.play.effects if isinstance(each, SendToServer)), None)
        if isinstance(replay, int):
            self._check(self.play.effects)
            self.play.server(initialized(replay))

    def _chosen(self, number: int) -> int | None:
        waiting = [*self.open, *sorted(self.passed)]
        return waiting[number % len(waiting)] if waiting else None

    def _closed(self, id_: Json) -> None:
        if isinstance(id_, int):
            self.open.pop(id_, None)
            self.passed.discard(id_)

    def _check(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case SendToHost(body=body):
                    self._to_host(body)
                case SendToServer(body={"id": int() as id_} as body) if "method" not in body:
                    # One that was taken back, or whose asker is gone, is owed nothing.
                    self.owed.pop(id_, None)
                case _:
                    pass

    def _to_host(self, body: JsonObject) -> None:
        match body:
            case {"method": "elicitation/create", "id": int() as id_}:
                asked = self.play.state.calls.asked[id_]
                self.open[id_] = self.owed[int(str(asked.id))]
            case {"method": "sampling/createMessage", "id": int() as id_}:
                prompt = str(obj(body.get("params")).get("systemPrompt") or "")
                covered = any(prompt in {"", each} for each in self.standing)
                assert self.said == prompt or covered, "a request reached the host without a yes"
                self.passed.add(id_)
            case {"method": "notifications/cancelled"}:
                self._closed(nested(body, "params").get("requestId"))
            case _:
                pass


of_older = steps("fail", "take_back", "wait", "halt", "resume", "cancel", "leave", "exit", ask=prompts, answer=words)


@given(st.sampled_from([HTTP, STDIO]), of_older, st.sets(st.integers(0, 25), max_size=3))
def test_up_to_2025(face: Face, taken: list[Step], broken: set[int]) -> None:
    play = Play(host_face=face, server_face=face, policy=ASKS, patience=Patience(question=1800, open_asked=1000))
    talk = Talk(play.opened(LEGACY, ABLE).host(request("c", "prompts/list")))
    for number, step in enumerate(taken):
        talk.do(step, broken=number in broken)
    for _ in range(4):
        talk.do(("wait", 9, ""))
        talk.do(("wait", 9, ""))
    assert not talk.owed, "a request was lost without an answer"
    assert not talk.play.state.calls.asked


@dataclass
class Rounds:
    """A host and a server of 2026: each request of the host has one answer, which asks a model only behind a yes."""

    play: Play
    put: list[tuple[JsonObject, str, str, str]] = field(default_factory=list[tuple["JsonObject", str, str, str]])
    """Questions of ours: the request's params, the key, the state, the system prompt that is wished."""
    used: set[str] = field(default_factory=set[str])
    """States that were answered."""
    standing: set[str] = field(default_factory=set[str])
    later: set[str] = field(default_factory=set[str])
    number: int = 0
    prompt: str = ""
    yes: str = ""
    """What this event says, if it is a yes that may count."""
    call: JsonObject = field(default_factory=dict["str", "Json"])

    def do(self, step: Step, *, broken: bool) -> None:
        what, number, word = step
        self.number += 1
        self.yes, self.play.effects = "", []
        owed = bool(getattr(self, f"_{what}")(number, word))
        effects = performed(self.play, broken=broken)
        finals = [each for each in effects if isinstance(each, SendToHost) and each.final and each.about == self.number]
        assert len(finals) == owed
        for each in finals:
            self._check(obj(each.body.get("result")))
        self.standing |= self.later

    def _call(self, number: int, prompt: str) -> bool:
        """Let the host call, and the server ask the model something; tell whether there has to be an answer now."""
        self.call, self.prompt = {"name": f"p{number % 4}"}, prompt
        self.play.host(self.play.asks(self.number, "prompts/get", self.call, capabilities=ABLE))
        for each in self.play.effects:
            match each:
                case SendToServer(body={"method": "prompts/get", "id": int() as id_}):
                    asks: JsonObject = {"k": {"method": SAMPLING, "params": wished(prompt)}}
                    self.play.server(result(id_, {"resultType": "input_required", "inputRequests": asks}))
                    return True
                case _:
                    pass
        return any(isinstance(each, SendToHost) for each in self.play.effects)

    def _back(self, number: int, said: str) -> bool:
        if not self.put:
            return False
        self.call, key, token, self.prompt = self.put[number % len(self.put)]
        self.yes = said if said in YES and token not in self.used else ""
        if not self.play.state.halted:
            self.used.add(token)
            # What a person said stands, also where that could not be recorded and nothing was handed over.
            self.later = {self.prompt} if self.yes == "rest" else set()
        more: JsonObject = {"inputResponses": {key: SAID[said]}, "requestState": token}
        self.play.host(self.play.asks(self.number, "prompts/get", {**self.call, **more}, capabilities=ABLE))
        return True

    def _wait(self, number: int, _: str) -> None:
        self.play.tick(after=100.0 * number)

    def _halt(self, *_: object) -> None:
        self.play.halt()

    def _resume(self, *_: object) -> None:
        self.play.resume()

    def _check(self, answer: JsonObject) -> None:
        questions = obj(answer.get("inputRequests"))
        if "k" in questions:
            covered = any(self.prompt in {"", each} for each in self.standing)
            assert self.yes or covered, "a request reached the host without a yes"
        for key in questions.keys() - {"k"}:
            self.put.append((self.call, key, str(answer["requestState"]), self.prompt))


@given(steps("wait", "halt", "resume", call=prompts, back=words), st.sets(st.integers(0, 25), max_size=3))
def test_in_2026(taken: list[Step], broken: set[int]) -> None:
    rounds = Rounds(Play(policy=ASKS).opened(MODERN, ABLE))
    for number, step in enumerate(taken):
        rounds.do(step, broken=number in broken)

"""A person's browser window: watched for errors, looked at in every size and theme."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Response

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE = (1366, 768), (360, 740)
# What a page is looked at in: the size and the theme.
OFTEN = ((WIDE, "light"), (PHONE, "dark"))
ALL_VIEWS = (*OFTEN, (PHONE, "light"), (WIDE, "dark"))
# What a page broken by a refused request says; the answers themselves are watched instead.
REFUSED_REQUEST = "Failed to load resource"


def faults_of(page: Page) -> list[str]:
    """Accessibility rules a page breaks, and whether it is wider than its window."""
    result = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    broken = [
        f"{rule['id']} at {rule['nodes'][0]['target'][0]}" for rule in result.response["violations"]
    ]
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*broken, *(["wider than the window"] if too_wide else [])]


@dataclass
class Window:
    """One person's window. `complaints` gathers what no page of the product may do.

    `pictures` is the folder for pictures of every page that is looked at; None for none. Without
    `is_judged` a look costs nothing: a page looks the same on both databases. In a long run
    a look tries every size and theme, and `draw` takes all.
    """

    page: Page
    server: str
    name: str
    pictures: Path | None = None
    is_judged: bool = True
    is_long: bool = False
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(f"script stopped: {error}"))
        self.page.on("response", self._notice)

    def open(self, address: str, *, status: int = 200) -> None:
        """Go to an address of the server, which must answer with the status."""
        answer = self.page.goto(self.server + address)
        assert answer.status == status, f"{address} answered {answer.status}"

    def press(self, label: str, *, status: int = 200) -> None:
        """Press the button or link with exactly this label; the next page has the status."""
        control = (
            self.page.locator("main")
            .locator("button, a.button")
            .filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
        )
        # The answer comes before its page: until that is loaded, the old one is still read.
        with self.page.expect_event("load"), self.page.expect_response(_is_page) as answered:
            control.first.click()
        assert answered.value.status == status, f"“{label}” answered {answered.value.status}"

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server)

    @property
    def heading(self) -> str:
        return words(self.page.inner_text("h1"))

    @property
    def text(self) -> str:
        return words(self.page.inner_text("main"))

    def draw(self, addresses: list[str]) -> list[str]:
        """Every third of many alike."""
        return addresses if self.is_long else addresses[::3]

    def look(self, what: str) -> None:
        """Check the page in several sizes and themes, and take its pictures when asked."""
        if not self.is_judged:
            return
        for (width, height), scheme in ALL_VIEWS if self.is_long else OFTEN:
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size({"width": width, "height": height})
            self._take_picture(f"{what} {width} {scheme}")
            for fault in faults_of(self.page):
                self._complain(f"“{what}” at {width} px, {scheme}: {fault}")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})

    def _take_picture(self, name: str) -> None:
        if self.pictures:
            file = self.pictures / f"{name.replace(' ', '-')}.png"
            self.page.screenshot(path=file, full_page=True)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REFUSED_REQUEST):
            self._complain(f"console: {message.text}")

    def _notice(self, answer: Response) -> None:
        if answer.status >= 400 and not answer.request.is_navigation_request():
            self._complain(f"{answer.status} for {answer.url}")

    def _complain(self, complaint: str) -> None:
        self.complaints.append(f"{self.name}, {self.page.url}: {complaint}")


def words(text: str) -> str:
    """The text on one line, with plain single spaces."""
    return " ".join(text.split())


def _is_page(answer: Response) -> bool:
    """Whether this is a page at the end of its redirects, not a file of one."""
    return answer.request.is_navigation_request() and not 300 <= answer.status < 400

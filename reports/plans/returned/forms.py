"""The Word file of a draft that is sent back."""

from reports.plans.word.forms import WordFileForm
from reports.plans.word.reading.package import LARGEST_FILE_MB


class ReturnedWordForm(WordFileForm):
    """A file that was taken from the draft and written on in Word."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = f"Tệp .docx tải từ văn bản này và đã sửa; tối đa {LARGEST_FILE_MB} MB."

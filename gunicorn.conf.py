"""What gunicorn reads by itself where it starts: its log and its refusals speak like the site."""

import os
import signal

from gunicorn import util

# The path alone: what is asked for after the question mark can name people.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(b)s %(M)sms"
# What is longer never reaches the application.
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 16_380
# Nobody steers it but the service manager, whose unit may write nowhere else.
control_socket_disable = True

PAGE = """<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Không đọc được yêu cầu – Quản lý giảm nghèo</title></head>
<body>
<h1>Không đọc được yêu cầu này, chưa có gì được lưu</h1>
<p>Địa chỉ quá dài hoặc nội dung gửi lên bị hỏng trên đường truyền. Xóa bớt bộ lọc rồi mở lại.
Nếu vẫn vậy, xóa cookie của trang này trong trình duyệt rồi đăng nhập lại.</p>
<p><a href="/">Về trang đầu</a></p>
</body>
</html>
"""


def write_error(sock, status_int, reason, mesg):
    """Answer what gunicorn itself refuses; what it says about it stays in its log."""
    body = PAGE.encode()
    head = (
        f"HTTP/1.1 {status_int} {reason}\r\nConnection: close\r\n"
        "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store, private\r\n"
        f"X-Content-Type-Options: nosniff\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    util.write_nonblock(sock, head.encode("latin1") + body)


def on_starting(server):
    """Refuse to start with wrong settings, no database or no static files, in one sentence."""
    from povertyplan import starting, wsgi  # noqa: F401  (the settings are read by wsgi)

    if sentence := starting.unreachable_database() or starting.uncollected_files():
        starting.refuse(sentence)
    from django.db import connections

    connections.close_all()  # nothing open may be shared with the workers


def post_worker_init(worker):
    """What a process of its own has: the open file of SQLite, and an end that gunicorn notices."""
    from povertyplan import starting
    from povertyplan.core.platform.bad_days.time_limits import watchdog

    worker.kept = starting.keep_file_open()
    watchdog.end_process = lambda: os.kill(os.getpid(), signal.SIGABRT)


def worker_exit(server, worker):
    """Write down what was read and could not be written yet."""
    from povertyplan.core.journal import readings

    readings.write_waiting()


util.write_error = write_error

# The production image: the application and its system libraries, run by a user of its own.
FROM python:3.12-slim-bookworm

# Pango and HarfBuzz draw the documents.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home povertyplan

WORKDIR /srv/povertyplan
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
# The key is for this one command; the running container must bring its own.
RUN SECRET_KEY=only-to-collect-static-files-never-to-serve-a-single-page python manage.py collectstatic --noinput --verbosity 0

USER povertyplan
ENV PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["gunicorn", "povertyplan.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--timeout", "120", "--access-logfile", "-"]

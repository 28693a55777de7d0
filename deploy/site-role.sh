#!/bin/sh
# Run once by the database's container: the role of the site, which owns nothing.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$SITE_PASSWORD" \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'END'
CREATE ROLE povertyplan_site LOGIN PASSWORD :'password';
END

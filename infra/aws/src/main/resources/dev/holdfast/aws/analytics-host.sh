endpoint=@QUEUE_ENDPOINT@
dashboard_port=@DASHBOARD_PORT@

# No credentials file yet: the units that the package brings do not start before it is written.
holdfast-upgrade
credentials=$(mktemp)
if [ -n "$endpoint" ]; then
  # Host 1 writes them at its first boot, the access key last.
  printf 'AWS_ACCESS_KEY_ID=%s\n' "$(await_parameter access-key-id)" >>"$credentials"
  printf 'AWS_SECRET_ACCESS_KEY=%s\n' "$(read_parameter secret-access-key)" >>"$credentials"
  read_parameter queue-certificate >/etc/holdfast/ca.pem
  chmod 644 /etc/holdfast/ca.pem
  cat >>/etc/holdfast/analytics.env <<END
HOLDFAST_SQS_ENDPOINT=$endpoint
HOLDFAST_SQS_CA_FILE=/etc/holdfast/ca.pem
PRODUCER_CREATE_QUEUES=true
END
else
  # Amazon SQS: the role opens the two queues.
  printf 'HOLDFAST_SQS_ENDPOINT=\nAWS_REGION=%s\n' "$AWS_DEFAULT_REGION" >>/etc/holdfast/analytics.env
fi

if [ -n "$dashboard_port" ]; then
  openssl rand -hex 12 | tr -d '\n' >/root/dashboard-password
  keep_parameter dashboard-password /root/dashboard-password
  rm /root/dashboard-password
  printf 'DASHBOARD_USER=admin\nDASHBOARD_PASSWORD=%s\n' "$(read_parameter dashboard-password)" >/etc/holdfast/dashboard-credentials.env
  self_signed "DNS:dashboard.holdfast.internal" /etc/holdfast/dashboard.key /etc/holdfast/dashboard.pem
  chown holdfast-analytics /etc/holdfast/dashboard.key /etc/holdfast/dashboard.pem
  cat >>/etc/holdfast/dashboard.env <<END
QUARKUS_HTTP_HOST=0.0.0.0
QUARKUS_HTTP_INSECURE_REQUESTS=disabled
QUARKUS_HTTP_SSL_PORT=$dashboard_port
QUARKUS_HTTP_SSL_CERTIFICATE_FILES=/etc/holdfast/dashboard.pem
QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES=/etc/holdfast/dashboard.key
END
fi
mv "$credentials" /etc/holdfast/analytics-credentials.env
systemctl start holdfast-producer holdfast-consumer holdfast-dashboard

# The data volume, attached by the stack. It is formatted only where it holds nothing yet.
volume=@VOLUME@
device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${volume/-/}
for _ in $(seq 120); do
  [ ! -e "$device" ] || break
  sleep 5
done
blkid "$device" >/dev/null || mkfs.ext4 -L holdfast-queue "$device"
mkdir -p /var/lib/holdfast-queue
echo "LABEL=holdfast-queue /var/lib/holdfast-queue ext4 defaults,nodev,nosuid,noexec 0 2" >>/etc/fstab
systemctl daemon-reload
mount /var/lib/holdfast-queue

# Credentials, certificate and key are made by the first instance; each later one takes over what is there.
work=$(mktemp -d)
printf 'HF%s' "$(openssl rand -hex 9 | tr a-f A-F)" >"$work/access-key-id"
printf '%s' "$(openssl rand -hex 20)" >"$work/secret-access-key"
self_signed "DNS:@QUEUE_NAME@" "$work/queue-key" "$work/queue-certificate"
for name in queue-key queue-certificate secret-access-key access-key-id; do keep_parameter "$name" "$work/$name"; done
rm -r "$work"

# No credentials file yet: the unit that the package brings does not start before it is written.
holdfast-upgrade
read_parameter queue-certificate >/etc/holdfast/queue.pem
read_parameter queue-key >/etc/holdfast/queue.key
chown holdfast-queue /etc/holdfast/queue.pem /etc/holdfast/queue.key
cat >>/etc/holdfast/queue-service.env <<END
QUARKUS_HTTP_INSECURE_REQUESTS=disabled
QUARKUS_HTTP_SSL_PORT=9324
QUARKUS_HTTP_SSL_CERTIFICATE_FILES=/etc/holdfast/queue.pem
QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES=/etc/holdfast/queue.key
END
cat >/etc/holdfast/queue-credentials.env <<END
HOLDFAST_CREDENTIALS_PIPELINE_ACCESS_KEY_ID=$(read_parameter access-key-id)
HOLDFAST_CREDENTIALS_PIPELINE_SECRET_ACCESS_KEY=$(read_parameter secret-access-key)
HOLDFAST_CREDENTIALS_PIPELINE_ACCOUNT=000000000000
END
systemctl start holdfast-queue

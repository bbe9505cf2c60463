#!/bin/bash
# Runs once, as root, at the first boot of the instance; its output is in /var/log/cloud-init-output.log.
set -euo pipefail
export AWS_DEFAULT_REGION=@REGION@
export HOME=/root DEBIAN_FRONTEND=noninteractive

apt-get update -q
snap install aws-cli --classic

# The secrets of this deployment; kept here, never in the template.
read_parameter() { # NAME
  aws ssm get-parameter --name "@PREFIX@$1" --with-decryption --query Parameter.Value --output text
}

# Where the parameter is there already, an earlier instance has written it, and it stays.
keep_parameter() { # NAME FILE
  aws ssm put-parameter --name "@PREFIX@$1" --type SecureString --value "file://$2" >/dev/null 2>&1 || read_parameter "$1" >/dev/null
}

await_parameter() { # NAME
  until read_parameter "$1" 2>/dev/null; do sleep 5; done
}

self_signed() { # SUBJECT-ALTERNATIVE-NAME KEY CERTIFICATE
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=Holdfast" \
    -addext "subjectAltName=$1" -keyout "$2" -out "$3"
}

# Fetches and installs the package that the last deployment brought; also the way to upgrade.
cat >/usr/local/sbin/holdfast-upgrade <<'END'
#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=@REGION@
address=$(/snap/bin/aws ssm get-parameter --name "@PACKAGE_PARAMETER@" --query Parameter.Value --output text)
/snap/bin/aws s3 cp --only-show-errors "$address" /var/tmp/holdfast.deb
apt-get install -y --allow-downgrades --reinstall /var/tmp/holdfast.deb
rm /var/tmp/holdfast.deb
END
chmod 755 /usr/local/sbin/holdfast-upgrade
export PATH=/snap/bin:$PATH
mkdir -p /etc/holdfast
umask 077


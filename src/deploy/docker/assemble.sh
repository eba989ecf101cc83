# Part of the image's build, as root: makes /opt/crowdlab, with a JVM and the unpacked jar, and the rest of the image's root file
# system in /image.
set -eu

# What a batch job on a database needs of Java, without compilers and tools, and the archive of Java's own classes.
modules=java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss
modules=$modules,jdk.unsupported,jdk.zipfs
jlink --add-modules "$modules" --no-header-files --no-man-pages --output /opt/crowdlab/java
/opt/crowdlab/java/bin/java -Xshare:dump >/dev/null
java -Djarmode=tools -jar crowdlab-etl.jar extract --destination /opt/crowdlab/app
mv java.options /opt/crowdlab/

mkdir -p /image/opt /image/etc/crowdlab /image/run/secrets
echo 'crowdlab:x:65532:65532:crowdlab-etl:/nonexistent:/nonexistent' | tee -a /etc/passwd >/image/etc/passwd
echo 'crowdlab:x:65532:' | tee -a /etc/group >/image/etc/group
echo 'hosts: files dns' >/image/etc/nsswitch.conf
install -d -m 1777 /image/tmp
install -d -o 65532 -g 65532 /archive

# The system libraries that the JVM is linked to, the loader, those that look up names, and the locale, where they are files.
{
  find /opt/crowdlab/java -type f \( -name '*.so' -o -path '*/bin/*' \) -exec ldd {} + 2>/dev/null |
    sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ :]*ld-[^ ]*\) (.*/\1/p' | grep -v '^/opt/crowdlab/'
  find /lib/ /usr/lib/ -name 'libnss_dns.so.2' -o -name 'libnss_files.so.2' -o -name 'libresolv.so.2'
  find /usr/lib/locale -path '*/C.utf8/*' -type f 2>/dev/null || true
} | sort -u | while read -r file; do
  mkdir -p "/image$(dirname "$file")"
  cp -L "$file" "/image$file"
done

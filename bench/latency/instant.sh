#!/bin/sh
# An MCP server (2025-11-25) that answers at once: the child for measuring the start-up of what is in front of it.
# Every request is one line; its id is whatever stands between the first "id": and the next comma or brace.
while IFS= read -r line; do
  id=${line#*\"id\":}
  [ "$id" = "$line" ] && continue
  id=${id%%[,\}]*}
  case $line in
    *'"initialize"'*) body='"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"instant","version":"1"}}' ;;
    *'"tools/list"'*) body='"result":{"tools":[{"name":"echo","description":"Returns its text.","inputSchema":{"type":"object"}}]}' ;;
    *'"ping"'*) body='"result":{}' ;;
    *) body='"error":{"code":-32601,"message":"Unknown method"}' ;;
  esac
  printf '{"jsonrpc":"2.0","id":%s,%s}\n' "$id" "$body"
done

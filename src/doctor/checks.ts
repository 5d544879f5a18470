import { buildCheck } from './checks/build.ts'
import { buildCacheCheck, gopackCacheCheck, moduleCacheCheck } from './checks/caches.ts'
import { cCompilersCheck } from './checks/c-compilers.ts'
import { certificatesCheck } from './checks/certificates.ts'
import { clockCheck } from './checks/clock.ts'
import { configurationCheck } from './checks/configuration.ts'
import { diskCheck } from './checks/disk.ts'
import { gitCheck } from './checks/git.ts'
import { gitHistoryCheck } from './checks/git-history.ts'
import { gitTagsCheck } from './checks/git-tags.ts'
import { gitTreeCheck } from './checks/git-tree.ts'
import { goCheck } from './checks/go.ts'
import { goVersionCheck } from './checks/go-version.ts'
import { goflagsCheck } from './checks/goflags.ts'
import { gopathCheck } from './checks/gopath.ts'
import { gorootCheck } from './checks/goroot.ts'
import { gotoolchainCheck } from './checks/gotoolchain.ts'
import { moduleCheck } from './checks/module.ts'
import { netrcCheck } from './checks/netrc.ts'
import { networkProxyCheck } from './checks/network-proxy.ts'
import { nodeCheck } from './checks/node.ts'
import { privateModulesCheck } from './checks/private-modules.ts'
import { proxyCheck } from './checks/proxy.ts'
import { targetsCheck } from './checks/targets.ts'
import { wineCheck } from './checks/wine.ts'
import type { Check } from './types.ts'

/** Every check, in the order they are printed: what the others depend on comes first. */
export const checks: readonly Check[] = [
  nodeCheck,
  configurationCheck,
  moduleCheck,
  goCheck,
  goVersionCheck,
  gorootCheck,
  gopathCheck,
  goflagsCheck,
  gotoolchainCheck,
  proxyCheck,
  privateModulesCheck,
  netrcCheck,
  networkProxyCheck,
  certificatesCheck,
  buildCacheCheck,
  moduleCacheCheck,
  gopackCacheCheck,
  targetsCheck,
  cCompilersCheck,
  wineCheck,
  gitCheck,
  gitHistoryCheck,
  gitTagsCheck,
  gitTreeCheck,
  diskCheck,
  clockCheck,
  buildCheck,
]

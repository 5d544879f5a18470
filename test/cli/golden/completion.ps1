# PowerShell completion for gopack: gopack completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName gopack -ScriptBlock {
  param($word, $ast, $position)
  $commands = [ordered]@{
    'init' = @{
      description = 'write a gopack.yaml for this module, with --ci a workflow too'
      words = @()
      options = [ordered]@{
        '--from' = 'import a .goreleaser.yaml, winres.json, versioninfo.json or .rc; may be repeated'
        '--no-import' = 'look for no configuration of another tool'
        '--strict' = 'refuse when anything cannot be carried over as it is'
        '--ci' = 'write a workflow too: github'
        '--dry-run' = 'print what would be written, and write nothing'
        '--force' = 'write over files that are there'
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '--from' = @()
        '--ci' = @('github')
        '--cwd' = @()
        '--config' = @()
      }
    }
    'doctor' = @{
      description = 'look for what would stop or surprise a build on this machine'
      words = @()
      options = [ordered]@{
        '-t' = 'target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated'
        '--target' = 'target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated'
        '-m' = 'main package, ./... for all; may be repeated'
        '--main' = 'main package, ./... for all; may be repeated'
        '-o' = 'output folder (default: dist)'
        '--out' = 'output folder (default: dist)'
        '--engine' = 'what writes the resources: portable or rcedit'
        '--timestamp' = 'commit, now, or a time such as 2026-11-21T15:30:00Z'
        '--set-version' = 'version to use in place of the git tag'
        '--snapshot' = 'a development version, also on a tagged commit'
        '--changed' = 'only programs that changed since their last tag; the others stay as they are'
        '--tags' = 'build tags, added to those of the configuration'
        '--ldflags' = 'linker flags, added to those of the configuration'
        '--fix' = 'fetch Go where a build would'
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '-t' = @('windows/amd64', 'windows/arm64', 'windows/386', 'linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows', 'all')
        '--target' = @('windows/amd64', 'windows/arm64', 'windows/386', 'linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows', 'all')
        '-m' = @()
        '--main' = @()
        '-o' = @()
        '--out' = @()
        '--engine' = @('portable', 'rcedit')
        '--timestamp' = @('commit', 'now')
        '--set-version' = @()
        '--tags' = @()
        '--ldflags' = @()
        '--cwd' = @()
        '--config' = @()
      }
    }
    'plan' = @{
      description = 'print what would be built, and write nothing'
      words = @()
      options = [ordered]@{
        '-t' = 'target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated'
        '--target' = 'target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated'
        '-m' = 'main package, ./... for all; may be repeated'
        '--main' = 'main package, ./... for all; may be repeated'
        '-o' = 'output folder (default: dist)'
        '--out' = 'output folder (default: dist)'
        '--engine' = 'what writes the resources: portable or rcedit'
        '--timestamp' = 'commit, now, or a time such as 2026-11-21T15:30:00Z'
        '--set-version' = 'version to use in place of the git tag'
        '--snapshot' = 'a development version, also on a tagged commit'
        '--changed' = 'only programs that changed since their last tag; the others stay as they are'
        '--tags' = 'build tags, added to those of the configuration'
        '--ldflags' = 'linker flags, added to those of the configuration'
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '-t' = @('windows/amd64', 'windows/arm64', 'windows/386', 'linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows', 'all')
        '--target' = @('windows/amd64', 'windows/arm64', 'windows/386', 'linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows', 'all')
        '-m' = @()
        '--main' = @()
        '-o' = @()
        '--out' = @()
        '--engine' = @('portable', 'rcedit')
        '--timestamp' = @('commit', 'now')
        '--set-version' = @()
        '--tags' = @()
        '--ldflags' = @()
        '--cwd' = @()
        '--config' = @()
      }
    }
    'build' = @{
      description = 'compile, add resources, archive and checksum'
      words = @()
      options = [ordered]@{
        '-t' = 'target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated'
        '--target' = 'target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated'
        '-m' = 'main package, ./... for all; may be repeated'
        '--main' = 'main package, ./... for all; may be repeated'
        '-o' = 'output folder (default: dist)'
        '--out' = 'output folder (default: dist)'
        '--engine' = 'what writes the resources: portable or rcedit'
        '--timestamp' = 'commit, now, or a time such as 2026-11-21T15:30:00Z'
        '--set-version' = 'version to use in place of the git tag'
        '--snapshot' = 'a development version, also on a tagged commit'
        '--changed' = 'only programs that changed since their last tag; the others stay as they are'
        '--tags' = 'build tags, added to those of the configuration'
        '--ldflags' = 'linker flags, added to those of the configuration'
        '--no-cache' = 'use nothing from earlier builds'
        '-j' = 'targets built at the same time'
        '--jobs' = 'targets built at the same time'
        '--timings' = 'print how long each step took'
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '-t' = @('windows/amd64', 'windows/arm64', 'windows/386', 'linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows', 'all')
        '--target' = @('windows/amd64', 'windows/arm64', 'windows/386', 'linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows', 'all')
        '-m' = @()
        '--main' = @()
        '-o' = @()
        '--out' = @()
        '--engine' = @('portable', 'rcedit')
        '--timestamp' = @('commit', 'now')
        '--set-version' = @()
        '--tags' = @()
        '--ldflags' = @()
        '-j' = @()
        '--jobs' = @()
        '--cwd' = @()
        '--config' = @()
      }
    }
    'inspect' = @{
      description = 'show what is in an executable, an archive or an output folder'
      words = @()
      options = [ordered]@{
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '--cwd' = @()
        '--config' = @()
      }
    }
    'schema' = @{
      description = 'print a JSON schema: of gopack.yaml, the plan or artifacts.json'
      words = @('config', 'plan', 'artifacts')
      options = [ordered]@{
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '--cwd' = @()
        '--config' = @()
      }
    }
    'explain' = @{
      description = 'say what an error code means and what to do'
      words = @(<codes>)
      options = [ordered]@{
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '--cwd' = @()
        '--config' = @()
      }
    }
    'cache' = @{
      description = 'show or clean what gopack keeps between builds'
      words = @('clean')
      options = [ordered]@{
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '--cwd' = @()
        '--config' = @()
      }
    }
    'completion' = @{
      description = 'print a completion script for bash, zsh, fish or powershell'
      words = @('bash', 'zsh', 'fish', 'powershell')
      options = [ordered]@{
        '--cwd' = 'work as if started in this folder'
        '--config' = 'configuration file (default: gopack.yaml here or above)'
        '--json' = 'print exactly one JSON document on stdout'
        '--quiet' = 'print errors and results only'
        '--verbose' = 'print more about what is done'
        '--no-color' = 'print without colours'
        '-h' = 'print help'
        '--help' = 'print help'
      }
      choices = @{
        '--cwd' = @()
        '--config' = @()
      }
    }
  }
  $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $result = { param($text, $tip) [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $tip) }
  if ($words.Count -lt 2) {
    $commands.Keys | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $commands[$_].description }
    return
  }
  $command = $commands[$words[1]]
  if ($null -eq $command) { return }
  $previous = $words[-1]
  if ($command.choices.ContainsKey($previous)) {
    $command.choices[$previous] | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $_ }
  } elseif ($word -like '-*') {
    $command.options.Keys | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $command.options[$_] }
  } else {
    $command.words | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $_ }
  }
}

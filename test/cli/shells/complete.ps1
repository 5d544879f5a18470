# pwsh complete.ps1 SCRIPT LINE: prints what PowerShell offers for the line, as its Tab key would ask.
param([string] $script, [string] $line)
Invoke-Expression (Get-Content -Raw $script)
[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches | ForEach-Object { $_.CompletionText }

package service

import (
	"fmt"
	"strings"

	"gopack.dev/guard/internal/config"
)

// preshutdownSlack is what the guard needs beside the program's own time to stop, in seconds.
const preshutdownSlack = 15

// WindowsPlan shows what an installation on Windows amounts to, one command a line: the service, its failure actions,
// the event source and the rights of the folder. root and exe are Windows paths.
func WindowsPlan(c config.Config, root, exe string) []string {
	account := orElse(c.Service.Account, `NT SERVICE\`+c.Name)
	start := map[string]string{"auto": "auto", "delayed": "delayed-auto", "manual": "demand"}[c.Service.Start]
	create := fmt.Sprintf(`sc create %s binPath= "\"%s\" service --root \"%s\"" start= %s obj= "%s" DisplayName= "%s"`,
		c.Name, exe, root, start, account, orElse(c.DisplayName, c.Name))
	if len(c.Service.Dependencies) > 0 {
		create += fmt.Sprintf(` depend= "%s"`, strings.Join(c.Service.Dependencies, "/"))
	}
	services := `HKLM\SYSTEM\CurrentControlSet\Services\` + c.Name
	source := `HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\` + c.Name
	preshutdown := int(c.TimeoutStopSec.Duration().Milliseconds()) + preshutdownSlack*1000
	plan := []string{
		create,
		fmt.Sprintf(`sc description %s "%s"`, c.Name, orElse(c.Description, c.Name)),
		fmt.Sprintf(`sc sidtype %s unrestricted`, c.Name),
		fmt.Sprintf(`sc failure %s reset= 86400 actions= restart/1000/restart/5000/restart/60000`, c.Name),
		fmt.Sprintf(`sc failureflag %s 1`, c.Name),
		fmt.Sprintf(`reg add %s /v PreshutdownTimeout /t REG_DWORD /d %d`, services, preshutdown),
		fmt.Sprintf(`reg add %s /v EventMessageFile /t REG_EXPAND_SZ /d %%SystemRoot%%\System32\EventCreate.exe`, source),
		fmt.Sprintf(`reg add %s /v TypesSupported /t REG_DWORD /d 7`, source),
		fmt.Sprintf(`icacls "%s" /setowner *S-1-5-32-544`, root),
		fmt.Sprintf(`icacls "%s" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F "NT SERVICE\%s:(OI)(CI)RX"`, root, c.Name),
	}
	for _, folder := range []string{"state", "logs", "evidence", "data"} {
		plan = append(plan, fmt.Sprintf(`icacls "%s\%s" /grant:r "NT SERVICE\%s:(OI)(CI)M"`, root, folder, c.Name))
	}
	return plan
}

package logs

import "os"

func enlarge(*os.File) {}

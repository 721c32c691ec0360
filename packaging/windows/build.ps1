# Builds build\windows\Atelier-VERSION-setup.exe, an installer for Windows 10 and later.
#
# UNTRIED: nobody has run this yet. Whoever does notes it in packaging/README.md, with the date and the system.
#
# Needs Python 3.11 or later (https://python.org), uv (https://docs.astral.sh/uv) and Inno Setup 6
# (https://jrsoftware.org/isinfo.php), then:
#
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Step {
    param([scriptblock]$Step)
    & $Step
    if ($LASTEXITCODE -ne 0) { throw "this step ended with ${LASTEXITCODE}: $Step" }
}

$python = ".venv\Scripts\python.exe"
Invoke-Step { uv sync --locked --no-dev --inexact --group package }
Invoke-Step { & $python packaging\draw_icons.py build\icons }
Invoke-Step {
    & $python -m PyInstaller --noconfirm --clean --log-level WARN `
        --distpath build\windows\bundle --workpath build\windows\work packaging\atelier.spec
}
Invoke-Step { build\windows\bundle\atelier\atelier.exe --version }
Invoke-Step {
    build\windows\bundle\atelier\atelier.exe export decks\gateau-au-chocolat --to pdf -o build\windows\trial
}

$version = & $python -c "from atelier import __version__; print(__version__)"
$compiler = Join-Path ${env:ProgramFiles(x86)} "Inno Setup 6\ISCC.exe"
Invoke-Step { & $compiler "/DVersion=$version" packaging\windows\atelier.iss }

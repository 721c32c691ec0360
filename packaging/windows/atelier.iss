; The installer for Windows, compiled by packaging\windows\build.ps1.
; UNTRIED: nobody has run this yet. Whoever does notes it in packaging/README.md, with the date and the system.

#ifndef Version
  #error Start packaging\windows\build.ps1, which knows the version
#endif

[Setup]
AppId=org.atelierdecks.atelier
AppName=Atelier
AppVersion={#Version}
AppPublisher=The Atelier authors
LicenseFile=..\..\LICENSE
DefaultDirName={autopf}\Atelier
DefaultGroupName=Atelier
DisableProgramGroupPage=yes
; without an administrator it installs for one person
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SetupIconFile=..\..\build\icons\atelier.ico
UninstallDisplayIcon={app}\atelier-desktop.exe
OutputDir=..\..\build\windows
OutputBaseFilename=Atelier-{#Version}-setup
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
ChangesEnvironment=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[CustomMessages]
en.OpenWith=Offer Atelier for opening Markdown files
fr.OpenWith=Proposer Atelier pour ouvrir les fichiers Markdown
en.OnPath=Make the command “atelier” known to the command line
fr.OnPath=Faire connaître la commande « atelier » à la ligne de commande

[Tasks]
Name: "openwith"; Description: "{cm:OpenWith}"
Name: "onpath"; Description: "{cm:OnPath}"; Flags: unchecked
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\build\windows\bundle\atelier\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "..\..\build\icons\deck.ico"; DestDir: "{app}"
Source: "..\..\LICENSE"; DestDir: "{app}"

[Icons]
Name: "{autoprograms}\Atelier"; Filename: "{app}\atelier-desktop.exe"
Name: "{autodesktop}\Atelier"; Filename: "{app}\atelier-desktop.exe"; Tasks: desktopicon

[Registry]
; offered under “Open with”, never taken as the default
Root: HKA; Subkey: "Software\Classes\Atelier.Deck"; ValueType: string; ValueData: "Atelier deck"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Atelier.Deck\DefaultIcon"; ValueType: string; ValueData: "{app}\deck.ico"; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Atelier.Deck\shell\open\command"; ValueType: string; ValueData: """{app}\atelier-desktop.exe"" ""%1"""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.md\OpenWithProgids"; ValueType: string; ValueName: "Atelier.Deck"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\.markdown\OpenWithProgids"; ValueType: string; ValueName: "Atelier.Deck"; Flags: uninsdeletevalue; Tasks: openwith
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: onpath; Check: IsMissingFromPath

[Run]
Filename: "{app}\atelier-desktop.exe"; Description: "{cm:LaunchProgram,Atelier}"; Flags: nowait postinstall skipifsilent

[Code]
function IsMissingFromPath: Boolean;
var
  Path: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Path) + ';') = 0;
end;

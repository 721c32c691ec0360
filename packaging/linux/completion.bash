# Completion of `atelier` for bash: commands, options, decks.

_atelier() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "present check export draft publish new import place talks doctor --version --help" -- "$word")
    else
        case $before in
            --motion) mapfile -t COMPREPLY < <(compgen -W "full calm cuts" -- "$word") ; return ;;
            --template)
                [[ ${COMP_WORDS[1]} == new ]] || { compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word"); return; }
                mapfile -t COMPREPLY < <(compgen -W "talk course plain" -- "$word") ; return ;;
            --from) mapfile -t COMPREPLY < <(compgen -W "marp slidev reveal pandoc remark obsidian markdown text pptx pdf" -- "$word") ; return ;;
            --to)
                local formats="pdf html handout pptx docx png video pdf,pptx"
                [[ ${COMP_WORDS[1]} == draft ]] && formats="markdown hugo jekyll html wordpress ghost docx"
                [[ ${COMP_WORDS[1]} == publish ]] && return
                mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$word")
                return ;;
            --screen-text) mapfile -t COMPREPLY < <(compgen -W "more all none" -- "$word") ; return ;;
            --order) mapfile -t COMPREPLY < <(compgen -W "shown planned" -- "$word") ; return ;;
            --conflicts) mapfile -t COMPREPLY < <(compgen -W "mine new beside" -- "$word") ; return ;;
            -o | --output) mapfile -t COMPREPLY < <(compgen -d -- "$word") ; compopt -o filenames ; return ;;
            --paper) mapfile -t COMPREPLY < <(compgen -W "a4 letter" -- "$word") ; return ;;
            --hold) mapfile -t COMPREPLY < <(compgen -W "reading planned" -- "$word") ; return ;;
            --codec) mapfile -t COMPREPLY < <(compgen -W "h264 vp9 av1" -- "$word") ; return ;;
            --per-page) mapfile -t COMPREPLY < <(compgen -W "1 2 3 6" -- "$word") ; return ;;
            --speed) mapfile -t COMPREPLY < <(compgen -W "1 2 4 16" -- "$word") ; return ;;
            --path | --start | --lang | --frame | --size | --rate | --screen | --show | --replay | --rename | --delete) return ;;
        esac
        local options=--help
        case ${COMP_WORDS[1]} in
            present) options+=" --path --lang --start --screen --console --windowed --resume --rehearse --loop --motion" ;;
            check) options+=" --layout --json" ;;
            export) options+=" --to --output --path --lang --steps --frame --canvas --size --per-page --paper --notes --motion --hold --rate --codec --conflicts --report --json" ;;
            draft) options+=" --to --output --path --lang --screen-text --depth --frames --order --no-ink --mark-left-out --more --tag --no-similar --canvas --template --print-template --preview --conflicts --report --json" ;;
            publish) options+=" --to --user --path --lang --screen-text --depth --frames --order --no-ink --mark-left-out --more --tag --no-similar --canvas --template --replace --ask-password --forget --kept --json" ;;
            new) options+=" --template" ;;
            import) options+=" --output --from --json" ;;
            talks) options+=" --json --show --replay --speed --rename --export --delete" ;;
            doctor) options+=" --json" ;;
        esac
        if [[ $word == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
            return
        fi
    fi
    [[ $word == -* ]] && return
    compopt -o filenames
    local found files='!*.@(md|markdown|canvas)'
    [[ ${COMP_WORDS[1]} == import ]] && files='!*.@(md|markdown|qmd|Rmd|html|pptx|pdf)'
    mapfile -t found < <(compgen -d -- "$word"; compgen -f -X "$files" -- "$word")
    COMPREPLY+=("${found[@]}")
}
complete -F _atelier atelier

"""What happens on the stage: a notice becomes a register, a few weeks pass, and two meetings look at it."""

import json
from typing import Any

from directives_cli.rehearsal.stage import Stage
from directives_core.language import _

__all__ = ["answers", "perform"]


def perform(stage: Stage) -> None:
    """All of it, in order."""
    _begin(stage)
    _read_and_record(stage)
    _before_the_first_meeting(stage)
    _after_the_first_meeting(stage)
    _look_back(stage)
    _look_closer(stage)


def answers(stage: Stage) -> dict[str, Any]:
    """The two answers about the first meeting that the play is about, in the shape of `list --json`."""
    as_seen = stage.run("directives list --as-of GB-2024-04-01 --timeliness overdue --json")
    as_known = stage.run("directives list --as-of GB-2024-04-01 --known-at now --timeliness overdue --json")
    return {"as_the_meeting_saw_it": json.loads(as_seen), "as_it_is_known_now": json.loads(as_known)}


def _begin(stage: Stage) -> None:
    stage.title(_("1. An office begins a register"))
    stage.tell(
        _("""\
The People's Committee of An Lũng, a district that does not exist, held its
quarterly meeting on 15 March 2024. Three days later the conclusion notice is
on the desk of its office, which begins a register. The first actor needs
nobody who vouches for her, and brings her unit along.""")
    )
    stage.now("2024-03-18T09:00+07:00")
    stage.run('directives init --title "Sổ theo dõi huyện An Lũng" \\\n    --zone Asia/Ho_Chi_Minh --calendar VN')
    stage.run(
        'directives actor add lua --name "Vi Thị Lụa" \\\n    --unit "Văn phòng HĐND và UBND huyện" --role office'
    )
    stage.run('directives unit add "UBND huyện" --by lua')
    stage.run('directives actor add khai --name "Trịnh Quang Khải" \\\n    --unit "UBND huyện" --role chair --by lua')


def _read_and_record(stage: Stage) -> None:
    stage.title(_("2. The notice is read, looked through and recorded"))
    stage.tell(
        _("""\
Reading writes nothing. Every order becomes an item with the words that it
rests on; what the text leaves open is a question (?) and not a guess.""")
    )
    stage.run("directives notice read notice.txt", first=24)
    stage.tell(
        _("""\
Recording is one commit: 30 directives, effective on the day of the meeting.
The warnings are what somebody has to look at, such as a deadline on a Sunday.""")
    )
    stage.run("directives notice record notice.txt --add-units --by lua", first=6)


def _before_the_first_meeting(stage: Stage) -> None:
    stage.title(_("3. Two weeks of work"))
    stage.tell(
        _("""\
The commune of Bạch Khuê gets an actor of its own. A unit can be typed as any
part of its name that fits one alone, with or without diacritics.""")
    )
    stage.now("2024-03-20T08:30+07:00")
    stage.run('directives actor add thao --name "Lò Văn Thảo" --unit "bach khue" \\\n    --role unit --by lua')
    stage.run("directives acknowledge 27 --by thao")
    stage.now("2024-03-21T16:00+07:00")
    stage.run('directives report 1 "Đã hoàn thiện báo cáo quý I" --result --by lua')
    stage.tell(
        _("""\
Reported is not completed, and nobody accepts the work of their own unit: the
office's own share is accepted by the chairman.""")
    )
    stage.refused("directives complete 1 --by lua")
    stage.run("directives complete 1 --by khai")
    stage.tell(
        _("""\
"The communes" of item II.11.d2 are one directive. Once the office knows who
they are, each gets a share of it.""")
    )
    stage.now("2024-03-22T09:00+07:00")
    stage.run("""\
directives allocate 47/TB-UBND:II.11.d2 --to "bach khue" --to "kha vinh" \\
    --to "dong lang" --to "thuan lung" --to "phu khuong" --by lua""")
    stage.now("2024-03-28T15:00+07:00")
    stage.run('directives report 27 "Đã lấy ý kiến 2/3 số hộ" --percent 60 --by thao')
    stage.run("""\
directives report 25 "Đã nộp kết quả rà soát hộ nghèo" --result \\
    --unit "bach khue" --unit "dong lang" --unit "thuan lung" \\
    --unit "phu khuong" --by lua""")
    stage.tell(_("Kha Vĩnh is silent. On 1 April the office reminds, and the meeting is held."))
    stage.now("2024-04-01T08:00+07:00")
    stage.run('directives remind 10,25 "Đề nghị báo cáo ngay" --all-units --by lua')
    stage.now("2024-04-01T17:00+07:00")
    stage.run("directives meeting close GB-2024-04-01 --on 2024-04-01 --by lua", first=2)


def _after_the_first_meeting(stage: Stage) -> None:
    stage.title(_("4. Two more weeks, and a paper that comes late"))
    stage.tell(
        _("""\
Bạch Khuê asks for a week more. The office grants it, citing the letter that
decides it.""")
    )
    stage.now("2024-04-03T10:00+07:00")
    stage.run("""\
directives request-extension 27 --to 2024-04-13 \\
    --reason "Còn một thôn chưa họp được" --by thao""")
    stage.run("""\
directives extend 27 --to 2024-04-13 --source 61/UBND-NV \\
    --reason "Chủ tịch đồng ý" --by lua""")
    stage.tell(
        _("""\
On 5 April a letter from Kha Vĩnh arrives. It is dated 28 March: the town had
reported in time, but the meeting could not know. The office enters it on the
day on which it happened.""")
    )
    stage.now("2024-04-05T09:00+07:00")
    stage.run("""\
directives report 25 "Đã nộp kết quả rà soát hộ nghèo" --result \\
    --unit "kha vinh" --effective-on 2024-03-28 --source 18/BC-UBND --by lua""")
    stage.run('directives report 11 "Đã rà soát nguồn thu" --result --by lua')
    stage.tell(_("A result is returned: the proposals are missing. The deadline does not move."))
    stage.now("2024-04-08T14:00+07:00")
    stage.run('directives return 11 --reason "Chưa đề xuất giải pháp tăng thu" --by lua')
    stage.run("directives complete 25 --all-units --by lua")
    stage.now("2024-04-12T16:00+07:00")
    stage.run('directives report 11 "Đã bổ sung giải pháp" --result --by lua')
    stage.run('directives report 27 "Đã nộp hồ sơ sáp nhập thôn" --result --by thao')
    stage.now("2024-04-15T16:30+07:00")
    stage.run("directives complete 11,27 --by lua")
    stage.run("directives meeting close GB-2024-04-15 --on 2024-04-15 --by lua", first=2)


def _look_back(stage: Stage) -> None:
    stage.title(_("5. What the meeting of 1 April saw, and what is known of that day now"))
    stage.tell(_("What was overdue, as the meeting saw it when it closed:"))
    stage.run("directives list --as-of GB-2024-04-01 --timeliness overdue")
    stage.tell(_("The same day, with all that is known by now:"))
    stage.run("directives list --as-of GB-2024-04-01 --known-at now --timeliness overdue")
    stage.tell(
        _("""\
D-25 is not on the second list. The two differ by what was entered after the
meeting and had happened before it ended:""")
    )
    stage.run("directives log --from 2024-04-02 --late 2")
    stage.tell(_("Asked directly, as seen then and as known now:"))
    stage.run("directives why 25/3 status --as-of GB-2024-04-01")
    stage.run("directives why 25/3 status --as-of GB-2024-04-01 --known-at now")
    stage.tell(
        _("""\
Neither answer is wrong, and neither replaced the other: the meeting was told
the truth of its day, and Kha Vĩnh was on time.""")
    )


def _look_closer(stage: Stage) -> None:
    stage.title(_("6. The register today"))
    stage.run("directives list --timeliness overdue")
    stage.tell(_("One directive, its history, and why it is due when it is:"))
    stage.run("directives show 27")
    stage.run("directives history 27")
    stage.run("directives why 27/1 due_on")
    stage.tell(
        _("""\
And the figures. D-11 is late by its delivery after the return, D-27 on time
by its extension:""")
    )
    stage.run("directives stats")
    stage.tell(
        _("""\
The same from Python:

    from directives_adapters import open_register

    with open_register("sqlite:///directives.db") as register:
        then = register.as_of("GB-2024-04-01")
        now = register.as_of("GB-2024-04-01", known_at="now")
        print(then[25].timeliness, now[25].timeliness)""")
    )

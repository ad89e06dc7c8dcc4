"""This file is the one table of the words that head staff's columns, and of the field that each means."""

from collections.abc import Mapping
from enum import StrEnum

from plan.fields import Kind


class Word(StrEnum):
    """What a heading can mean; which record it belongs to is decided by the table it stands in."""

    REFERENCE = "reference"
    EXTERNAL_REFERENCE = "a reference to another document"
    THEME = "theme"
    REQUIREMENT = "requirement"
    OBJECTIVE = "the objective"
    OUTCOME = "the desired outcome"
    ACTION = "action"
    WHAT = "what"  # the action, unless a "How?" stands beside it
    LEAD = "lead"
    ACCOUNTABLE = "the accountable officer"
    TIMESCALE = "timescale"
    REVISED = "revised timescale"
    START = "the start date"
    STATUS = "status"
    STATUS_REASON = "reason for the status"
    IMPACT_STATUS = "impact status"
    DIRECTION = "the direction of travel"
    PROGRESS = "progress"
    ACHIEVEMENT = "achievement"
    NEXT_STEP = "the next step"
    EVIDENCE = "evidence"
    MEASURE = "a success measure"
    INDICATOR = "figure"
    UNIT = "unit"
    TARGET = "target"
    IMPACT = "the impact"
    SIGN_OFF = "a sign-off"
    SIGNED_BY = "who signed the row off"
    SIGNED_ON = "when the row was signed off"
    LAST_UPDATED = "the date or person of an update"


# Each entry is a field; its headings stand in the order of preference where one table has several.
TABLE: Mapping[Word, str] = {
    Word.REFERENCE: (
        "Ref · Reference · Ref No · Reference number · No · Nos · Number · Register Ref · ID · Item No · "
        "Item · Unique ID · Project ID · Point · Serial · Serial No · Unique ref · Unique reference number · URN · "
        "Line · Line No · Code · Cyfeirnod · Cyf · Rhif"
    ),
    Word.EXTERNAL_REFERENCE: ("Ofsted Para No · Para · Paragraph · Page/para · Report ref · IN ref · Milestone ref"),
    Word.THEME: (
        "Theme · Priority · Priority Area · Workstream · Work stream · Strand · Standard · Area · "
        "Exception Area · Domain · KLOE · Section · Heading · Category · Pillar · Core service · Origin · "
        "Inspection · Improvement theme · Improvement priority · Focus area · Area of focus · Programme · Thema"
    ),
    Word.REQUIREMENT: (
        "Requirement of the Notice · Improvement Notice requirement · Requirement · Requirement text · "
        "What the Notice asks · What the Notice requires · Notice requirement · Recommendation · "
        "Recommendations & Areas for Improvement · Area for improvement · Ofsted Area for Improvement · "
        "Area of improvement · AFI · Area of concern · Issue · Finding · Must do / Should do · Must do · "
        "Should do · Item to be rectified · Concern · What needs to change · What did Ofsted say? · "
        "Regulation · Key finding · Ofsted finding · Inspection finding · Issue identified · Improvement required · "
        "Improvement needed · Area to improve · What needs to improve · Gofyniad · Argymhelliad"
    ),
    Word.OBJECTIVE: "Objective · Improvement objective · Strategic objective · Key objective · Aim · Goal · Amcan",
    Word.OUTCOME: (
        "Desired outcome · Intended outcome · Outcome · Outcomes to be improved · "
        "What will success look like? · Outcome for children"
    ),
    Word.ACTION: (
        "Action · Areas for development · Key areas for development · Actions required · Action required · "
        "Action (in SMART format) · Action to be taken · Specific Actions (dated) · Key actions · "
        "Key future actions · Planned action · What we will do · What will we do · How? · "
        "How will we do it · Activity · Task · Deliverable · Action text · Action description · "
        "Agreed action · Areas for further development · Further development · Further action · "
        "Further action required · Improvement action · Improvement activity · Outstanding action · Next action · "
        "What are we going to do · What we need to do · What needs to happen · What needs to be done · "
        "What will be done · What are we doing · Milestone · Key milestone · Cam gweithredu · Camau gweithredu"
    ),
    Word.WHAT: "What?",
    Word.LEAD: (
        "Lead · Lead officer · Lead Officer/EM · Responsible officer · Responsible person · "
        "Person/s Responsible · Person responsible for each task · Responsibility · Responsible · Who? · "
        "By whom · Owner · Assigned to · Lead Agency · Work Stream Lead(s) · Head of Service · "
        "Delivery lead · Lead person · Lead name · Officer · Officer responsible · Resp · Resp officer · Resp person · "
        "Lead manager · Named lead · Service lead · Action by · By who · Whom · Arweinydd · Swyddog arweiniol · "
        "Swyddog cyfrifol"
    ),
    Word.ACCOUNTABLE: (
        "Accountable officer · Accountable lead · Accountable · SRO · Executive lead · Lead Director · "
        "Sponsor · Cabinet lead · Portfolio holder"
    ),
    Word.TIMESCALE: (
        "Timescale · By When · When? · Timeframe · Target date · Deadline · Due Date · Due · Date due · "
        "Target Completion · Target completion date · Original target date · Original timescale · "
        "Original target completion date · Original due date · Completion date · End date · "
        "Estimated completion date · Implementation date · Agreed date · Timeline · Completion target · Complete by · "
        "To be completed by · Date for completion · Planned completion date · Planned completion · Planned end date · "
        "Target end date · Expected completion date · Delivery date · Due by · Finish date · Finish · Original date · "
        "Original deadline · Erbyn pryd · Amserlen · Dyddiad targed"
    ),
    Word.REVISED: (
        "Revised Target Completion Date · Revised target date · Revised timescale · Revised date · "
        "Revised deadline · Revised due date · New target date · New date · Extended to · Time extension · "
        "Forecast date · Revised completion date · Revised due · Revised end date · New deadline · New due date · "
        "Current target date · Current due date · Forecast completion date · Forecast completion · Amended date"
    ),
    Word.START: "Start date · Start · Date started · From",
    Word.STATUS: (
        "RAG · R/A/G · BRAG · RAG rating · BRAG rating · RAG status · BRAG status · Delivery (RAG) · "
        "Delivery RAG · Delivery status · Status · Current Status · Progress indicator · Traffic Light · "
        "Traffic Light Colour · Progress rating · Progress RAG · Rating · On track? · Completed? · Current RAG · "
        "Current BRAG · Current RAG rating · Current RAG status · Current rating · RAG this month · This month's RAG · "
        "RAG now · Latest RAG · RAG assessment · RAG score · RAGB · Action status · Progress status · "
        "Implementation status · Completion status · Statws"
    ),
    Word.STATUS_REASON: (
        "Reason for the status · Reason for status · Status reason · Reason for RAG · RAG reason · "
        "Reason for RAG rating · RAG rationale · Rationale for RAG"
    ),
    Word.IMPACT_STATUS: (
        "Impact status · Impact RAG · Outcome RAG · Confidence · Assurance · "
        "Likelihood of achieving outcome · Embedded? · Evidence RAG"
    ),
    Word.DIRECTION: (
        "Direction of Travel · DoT · Trend · Movement · Previous RAG · Last month · Previous BRAG · "
        "Previous RAG rating · Previous RAG status · Previous status · Previous rating · Previous month's RAG · "
        "Previous month RAG · Last month's RAG · Last month RAG · RAG last month · RAG previous · Last RAG · "
        "Prior RAG · Forecast RAG · Predicted RAG · Travel · Change since last month"
    ),
    Word.PROGRESS: (
        "Progress · Progress update · Progress Report · Progress to date · Progress made · Action taken · "
        "Update · Latest update · Latest progress · Update since last meeting · Comments · Commentary · "
        "Narrative · What have we done? · What we have done · Current position · Position statement · "
        "Management update · Notes · Progress and evidence · Progress and next steps · Progress and impact · "
        "Update on progress · Status update · Monthly update · Quarterly update · Latest position · Position · "
        "Progress summary · Progress note · Remarks · Cynnydd · Diweddariad"
    ),
    Word.ACHIEVEMENT: "Achievement · Achievements to date · Key achievements",
    Word.NEXT_STEP: (
        "Next steps · Planned activity next period · What's next · Path to green · Mitigation · Recovery action"
    ),
    Word.EVIDENCE: (
        "Evidence · Evidence of action point implementation · Evidence of completion · Evidence of impact · "
        "Evidence source · Source of evidence · Supporting evidence · Evidence of progress · Link · "
        "How will we know? · How evidenced · Monitoring and Evaluation · Monitoring · Evidence and impact · Tystiolaeth"
    ),
    Word.INDICATOR: "Indicator · Performance indicator · Figure · KPI · Performance measure · Measure",
    Word.UNIT: "Unit · Units of measure · Unit of measure",
    Word.TARGET: "Target · Target figure",
    Word.MEASURE: (
        "Success measures · Success Criteria · Measure of success · Baseline · Current performance · Actual · Outturn"
    ),
    Word.IMPACT: (
        "Impact · Impact to date · Evaluation of impact · Impact on children · So what? · What difference has it made?"
    ),
    Word.SIGN_OFF: (
        "Closed Date · Date closed · Date completed · Sign off · Signed off · "
        "Approved by · Verified by · Evidence of closure"
    ),
    Word.SIGNED_BY: "Signed off by · Sign off by · Signed by",
    Word.SIGNED_ON: (
        "Date signed off · Date of sign off · Sign off date · Signed off date · Signed off on · Date signed"
    ),
    Word.LAST_UPDATED: "Last updated · Date of update · Date updated · Updated by · Update date · Date",
}

# Headings that say themselves whose they are.
OWNED: Mapping[Kind, Mapping[Word, str]] = {
    Kind.REQUIREMENT: {
        Word.REFERENCE: (
            "Requirement No · Requirement number · Requirement ref · Requirement reference · "
            "Requirement ID · Req No · Req Ref · Rec No · Rec Ref · Recommendation No · "
            "Recommendation number · Recommendation ref · Notice ref · Notice number · Finding No · Finding ref · "
            "Must do / Should do ref · Must do ref · Should do ref · Issue No · Issue ref · Objective No · "
            "Objective ref"
        ),
    },
    Kind.ACTION: {
        Word.REFERENCE: "Action No · Action number · Action ID · Action Ref · Action reference",
        Word.LEAD: "Action owner · Action lead",
        Word.STATUS: "Action completed? · Action complete?",
    },
}
PREFIXES: Mapping[str, Kind] = {
    "overall": Kind.REQUIREMENT,
    "requirement": Kind.REQUIREMENT,
    "recommendation": Kind.REQUIREMENT,
    "action": Kind.ACTION,
}

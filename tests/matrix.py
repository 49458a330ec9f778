"""Who may open which address, written by hand and checked against every address there is.

For each page: what it takes, and for whom. An address that is missing here fails the test, and so does one
that opens to anybody else. Objects are the ones of tests/test_the_matrix.py: a Friday group for peers alone,
held by Rosa; Kim and Jude coordinate; Morgan is a peer who manages staff; Priya manages; Fran funds.
"""

EVERYBODY = {"nobody", "ash", "rosa", "morgan", "kim", "jude", "priya", "rene", "fran"}
HERE = EVERYBODY - {"nobody"}
MEMBERS = HERE - {"fran"}
PEERS = {"ash", "rosa", "morgan", "jude", "rene"}
COORDINATORS = {"kim", "jude"}
PLANNERS = COORDINATORS | {"rosa"}
# What is for peers alone: seen by peers who manage nobody, and by coordinators who manage nobody.
KNOW = {"ash", "rosa", "kim", "jude", "rene"}
ENTER = {"ash", "rosa", "jude", "rene"}
RUN = {"rosa", "kim", "jude"}
NUMBERS = {"kim", "jude", "rene"}
WRITES = {"kim", "jude", "rene"}  # advises or coordinates, and manages nobody
CIRCLE = {"rosa", "rene"}  # peers who advise or facilitate, and manage nobody

GET, POST, PUT, DELETE = "GET", "POST", "PUT", "DELETE"

MATRIX: dict[str, tuple[str, set[str]]] = {
    # the front door
    "site:home": (GET, EVERYBODY),
    "site:who_may": (GET, HERE),
    "site:held": (GET, HERE),
    "site:patterns": (GET, HERE),
    "site:offline": (GET, EVERYBODY),
    "site:manifest": (GET, EVERYBODY),
    "site:service_worker": (GET, EVERYBODY),
    "door:join": ("GET POST", EVERYBODY),
    "door:join_keys": ("GET POST", EVERYBODY),
    "door:friend": (POST, EVERYBODY),  # answers only beside a second paper
    "door:sign_in": ("GET POST", EVERYBODY),
    "door:passkey": ("GET POST", EVERYBODY),
    "door:sign_out": (POST, EVERYBODY),
    "door:exit": (POST, EVERYBODY),
    "door:locked": (GET, EVERYBODY),
    "door:recover": ("GET POST", EVERYBODY),
    "door:recover_keys": (POST, EVERYBODY),
    "door:clock": (GET, EVERYBODY),
    # mine
    "members:mine": (GET, HERE),
    "members:welcome_in": (GET, HERE),
    "members:name": ("GET POST", HERE),
    "members:settings": ("GET POST", HERE),
    "members:held": (GET, HERE),
    "members:held_file": (GET, HERE),
    "members:leave": ("GET POST", HERE),
    "members:vouch": ("GET POST", PEERS),
    "members:hand_over": ("GET POST", {"jude"}),  # Kim asked Jude
    "keys:keys": (GET, HERE),
    "keys:phrase": ("GET POST", HERE),
    "keys:code": ("GET POST", HERE),
    "keys:friend": ("GET POST", HERE),
    "keys:key": ("GET POST", HERE),
    "keys:passkeys": ("GET POST", HERE),
    "keys:passkey": (POST, {"ash"}),  # Ash's own
    "keys:passkey_opens": (POST, {"ash"}),
    "vault:hours": (GET, HERE),
    "vault:sealed": (GET, HERE),
    "gatherings:feeds": ("GET POST", MEMBERS),
    "gatherings:feed": (POST, {"ash"}),  # Ash's own
    # together
    "gatherings:calendar": (GET, MEMBERS),
    "gatherings:gathering": (GET, KNOW),
    "gatherings:seat": (POST, ENTER),
    "gatherings:agenda": (POST, ENTER),
    "gatherings:event": (GET, KNOW),
    "gatherings:date": ("GET POST", RUN),
    "gatherings:off": (POST, RUN),
    "gatherings:cover": (POST, PLANNERS & KNOW),
    "gatherings:count": ("GET POST", {"rosa"}),
    "gatherings:agenda_item": (POST, RUN),
    "care:now": (GET, HERE),
    "care:plan": (GET, HERE),
    "care:plan_print": (GET, HERE),
    "care:plan_word": ("GET POST", PEERS),
    "care:plan_words": ("GET POST", {"morgan", "priya"}),
    "care:check_in": (GET, HERE),
    "care:hard": (GET, HERE),
    "care:debriefs": (GET, PLANNERS),
    "care:debrief": (POST, PLANNERS),
    # talk
    "letters:people": (GET, HERE),
    "letters:card": (POST, HERE),
    "letters:letters": (GET, HERE),
    # steer
    "site:steer": (GET, HERE),
    "tokens:rounds": (GET, HERE),
    "tokens:draw": ("GET POST", PEERS),  # a round for peers
    "tokens:counted": ("GET POST", MEMBERS),
    "tokens:paper": (GET, COORDINATORS),
    "tokens:envelopes": ("GET POST", COORDINATORS),
    "themes:say": (GET, PEERS),
    "themes:list": (GET, MEMBERS),
    "themes:version": (GET, MEMBERS),
    "themes:proposal": ("GET POST", KNOW - {"kim"}),
    "themes:change": ("GET POST", KNOW - {"kim"}),
    "themes:bulletins": (GET, HERE),
    "themes:bulletin": (GET, HERE),
    "themes:words": ("GET POST", {"jude", "rene"}),
    "themes:pdf": (GET, HERE),
    "themes:sheet": (GET, HERE),
    "consultation:list": (GET, HERE),
    "consultation:answer": (GET, PEERS),
    "consultation:questionnaire": (GET, PEERS | {"kim"}),
    "consultation:paper": (GET, PEERS | {"kim"}),
    "consultation:results": (GET, HERE),
    "consultation:start": ("GET POST", WRITES),
    "consultation:written": (GET, WRITES),
    "consultation:name": ("GET POST", WRITES),
    "consultation:language": (POST, WRITES),
    "consultation:undo": (POST, WRITES),
    "consultation:preview": (GET, WRITES),
    "consultation:versions": (GET, WRITES),
    "consultation:opening": ("GET POST", WRITES - {"kim"}),
    "consultation:removal": ("GET POST", WRITES),
    "consultation:new_section": ("GET POST", WRITES),
    "consultation:section": ("GET POST", WRITES),
    "consultation:new_question": ("GET POST", WRITES),
    "consultation:question": ("GET POST", WRITES),
    "consultation:place": (POST, WRITES),
    "consultation:piece_removal": (POST, WRITES),
    "consultation:circle": (GET, CIRCLE),
    "consultation:words": (GET, CIRCLE),
    "consultation:slip": ("GET POST", CIRCLE),
    "consultation:slip_left_out": (POST, CIRCLE),
    "consultation:wording": ("GET POST", CIRCLE),
    "consultation:agreement": (POST, CIRCLE),
    "findings:list": (GET, HERE),
    "findings:new": ("GET POST", {"jude", "rene"}),
    "findings:finding": (GET, HERE),
    "findings:answer": ("GET POST", NUMBERS),
    "findings:newest": (POST, NUMBERS),
    "findings:removal": (POST, {"jude", "rene"}),
    "released:readings": (GET, HERE),
    "released:reading": (GET, HERE),
    "released:signature": (POST, {"rene"}),
    "released:release": (GET, HERE),
    "released:sheet": (GET, HERE),
    "released:sheets": (GET, HERE),
    "released:ledger": (GET, MEMBERS - {"morgan", "priya"}),
    # run
    "gatherings:run": (GET, PLANNERS),
    "gatherings:plan": ("GET POST", PLANNERS),
    "gatherings:series": ("GET POST", RUN),
    "gatherings:end": ("GET POST", RUN),
    "gatherings:bring_in": ("GET POST", COORDINATORS),
    "gatherings:bring_in_look": ("GET POST", {"kim"}),  # Kim's own upload
    "welcome:people": (GET, COORDINATORS),
    "welcome:invite": ("GET POST", COORDINATORS),
    "welcome:invitation": (POST, COORDINATORS),
    "welcome:bring_in": ("GET POST", COORDINATORS),
    "welcome:bring_in_look": ("GET POST", {"kim"}),  # Kim's own upload
    "welcome:invite_again": (POST, COORDINATORS),
    "welcome:person": ("GET POST", COORDINATORS),
    "welcome:pause": (POST, COORDINATORS),
    "welcome:removal": (POST, COORDINATORS),
    "welcome:workplaces": ("GET POST", COORDINATORS),
    "welcome:workplace": (POST, COORDINATORS),
    "welcome:network": ("GET POST", COORDINATORS),
    "welcome:hand_over": ("GET POST", COORDINATORS),
    "returns:quarters": (GET, NUMBERS),
    "returns:quarter": (GET, NUMBERS),
    "returns:sheet": (GET, NUMBERS),
    "returns:closing": ("GET POST", NUMBERS),
    # the line: roster
    "roster:mine": (GET, {"rosa"}),
    "roster:me": ("GET POST", {"rosa"}),
    "roster:never": ("GET POST", ENTER),
    "roster:never_by_name": (POST, {"rosa"}),
    "roster:rest": ("GET POST", {"rosa"}),
    "roster:undo": (POST, PLANNERS),
    "roster:shift": (GET, PLANNERS),
    "roster:duty": (POST, {"rosa"}),
    "roster:swap": (POST, {"rosa"}),  # Rosa is on it
    "roster:answer": (POST, {"rosa"}),  # Rosa offered it
    "roster:run": (GET, PLANNERS),
    "roster:plan": ("GET POST", PLANNERS),
    "roster:terms": ("GET POST", PLANNERS),
    "roster:series": ("GET POST", PLANNERS),
    "roster:end": ("GET POST", PLANNERS),
    "roster:date_again": (POST, PLANNERS),
    "roster:people": (POST, PLANNERS),
    "roster:off": ("GET POST", PLANNERS),
    # the line: what remains
    "after:after": ("GET POST", {"rosa"}),
    "after:numbers": (GET, RUN),
    "after:complain": (GET, PEERS),
    "after:hear": (GET, {"rene"}),
    "after:answer": (POST, {"rene"}),
    # the line: the number
    "number:phone": ("GET POST", {"rosa"}),
    "number:ring_back": ("POST DELETE", {"rosa"}),  # it rings at Rosa
    "number:message": ("GET DELETE", {"rosa"}),  # words that came with it
    # the line: what people see
    "line:talk": (GET, PEERS),
    "line:on_call": (GET, {"rosa"}),
    "a:line": (GET, EVERYBODY),
    # the line: calls
    "calls:now": (GET, PEERS),
    "calls:rings": (GET, {"rosa"}),
    "calls:call": (POST, {"rosa"}),  # it rings at Rosa
    "calls:bells": ("GET POST", {"rosa"}),
    # the vault
    "v:key": (GET, {"ash"}),  # only Ash has made keys
    "v:half": ("GET DELETE", HERE),
    "v:hours": (GET, HERE),
    "v:hours_of_day": (PUT, {"ash"}),  # only Ash has a page for that day
    "v:shelf": (GET, HERE),
    "v:place": (PUT, {"ash"}),  # only Ash has a shelf
    "v:box": (GET, HERE),
    "v:parcel": (DELETE, HERE),  # the answer is the same where there was none
    "v:people": (GET, HERE),  # empty for all but peers who manage nobody
    "v:person": (GET, HERE),  # whoever knows the number
    "v:give": (PUT, HERE),
    "v:card": (GET, HERE),  # whoever holds the card
    "v:given": (DELETE, HERE),  # whoever knows the word
    "v:reseal": ("GET DELETE", HERE),
    "v:resealed": (PUT, {"ash"}),  # only Ash has that page
    # nameless
    "a:feed": (GET, EVERYBODY),
    "a:open_dates": (GET, EVERYBODY),
    "a:debrief": (POST, EVERYBODY),  # whoever shows the word of the day
    "a:rounds": (GET, EVERYBODY),  # public halves of keys
    "a:twilio": (POST, EVERYBODY),  # whoever can sign it
    "a:twilio_at": (POST, EVERYBODY),
    "a:jambonz": (POST, EVERYBODY),
    "a:jambonz_at": (POST, EVERYBODY),
    "a:line_complaints": (GET, EVERYBODY),
    "a:line_complaint": ("GET PUT", EVERYBODY),  # whoever has the six words
    "a:asks": (POST, EVERYBODY),  # whoever shows a token
    "a:ask": ("GET POST", EVERYBODY),  # whoever has the secret of the box
    "a:board": (GET, EVERYBODY),  # marks of spent tokens
    "a:themes": (POST, EVERYBODY),  # whoever shows a token
    "a:hints": (POST, EVERYBODY),
    "a:consultation": (POST, EVERYBODY),  # whoever shows a token, or a code from paper
}
# Addresses that point at a consultation that is still being written, and at one that is over.
OF_A_DRAFT = {
    f"consultation:{name}"
    for name in (
        "written", "name", "language", "undo", "preview", "versions", "opening", "removal", "new_section", "section",
        "new_question", "question", "place", "piece_removal",
    )
}  # fmt: skip
OF_THE_CIRCLE = {f"consultation:{name}" for name in ("words", "slip", "slip_left_out", "results")}
# A provider's own addresses: without one that was chosen they are a wall, and without its signature nothing is done.
BY_SIGNATURE = {"a:twilio", "a:twilio_at", "a:jambonz", "a:jambonz_at"}
